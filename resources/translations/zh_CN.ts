<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CNN Explorer</name>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>图像(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Kernel</source>
        <translation>卷积核(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>(rounding)</source>
        <translation>（舍入）</translation>
    </message>
    <message>
        <source>1 to 512 cells a side; the longer side of an own size</source>
        <translation>每边 1 到 512 个单元格；原始大小时为较长的一边</translation>
    </message>
    <message>
        <source>8 times the cell minus its 8 neighbours: positive on the high side of an edge, negative on the low side, 0 in a flat area.</source>
        <translation>该单元格的 8 倍减去 8 个相邻单元格之和：边缘高侧为正，低侧为负，平坦区域为 0。</translation>
    </message>
    <message>
        <source>A convolution uses the same weights at every place; a fully connected neuron has a weight of its own for every input cell. Each has one bias besides.</source>
        <translation>卷积在每个位置使用相同的权重；全连接神经元对每个输入单元格都有单独的权重。两者都另有一个偏置。</translation>
    </message>
    <message>
        <source>A kernel has at most {most} rows and {most} columns; copy fewer cells.</source>
        <translation>卷积核最多有 {most} 行 {most} 列；请复制较少的单元格。</translation>
    </message>
    <message>
        <source>A kernel of your own. Its weights add up to {sum}.</source>
        <translation>自定义卷积核，权重之和为 {sum}。</translation>
    </message>
    <message>
        <source>A kernel of {kernel} with dilation {dilation} spans {extent} {side}, but the input has only {padded}; use a smaller kernel or dilation, or more padding.</source>
        <translation>大小为 {kernel}、空洞率为 {dilation} 的卷积核跨 {extent} {side}，而输入只有 {padded} {side}；请减小卷积核或空洞率，或增加填充。</translation>
    </message>
    <message>
        <source>A layer before this one can't be applied.</source>
        <translation>前面有一层无法应用。</translation>
    </message>
    <message>
        <source>A mean in which nearer cells count more: flat areas stay as they are, edges become gradual.</source>
        <translation>越近的单元格权重越大的平均值：平坦区域保持不变，边缘变得平缓。</translation>
    </message>
    <message>
        <source>A model trained on MNIST expects digits placed as in MNIST.</source>
        <translation>在 MNIST 上训练的模型要求数字的位置与 MNIST 一致。</translation>
    </message>
    <message>
        <source>A number added to every sum of this filter</source>
        <translation>加到此滤波器每个和上的数</translation>
    </message>
    <message>
        <source>A number can't be divided by 0.</source>
        <translation>不能除以 0。</translation>
    </message>
    <message>
        <source>A window of {kernel} {side} does not fit into an input of {padded}; use a smaller window or more padding.</source>
        <translation>{kernel} {side}的窗口放不进 {padded} {side}的输入；请减小窗口或增加填充。</translation>
    </message>
    <message>
        <source>About CNN Explorer</source>
        <translation>关于 CNN Explorer</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Adds to each cell its differences from the 4 neighbours: flat areas stay as they are, edges stand out.</source>
        <translation>为每个单元格加上它与 4 个相邻单元格之差：平坦区域保持不变，边缘更突出。</translation>
    </message>
    <message>
        <source>After every stroke</source>
        <translation>每笔之后居中</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All digits</source>
        <translation>全部数字</translation>
    </message>
    <message>
        <source>All digits in a large window</source>
        <translation>在大窗口中显示全部数字</translation>
    </message>
    <message>
        <source>All files ({patterns})</source>
        <translation>所有文件 ({patterns})</translation>
    </message>
    <message>
        <source>All weights 0: only the bias is left</source>
        <translation>所有权重为 0，只剩偏置</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Another value</source>
        <translation>其他值</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>计算过程</translation>
    </message>
    <message>
        <source>Arrow keys walk, Enter chooses, plus and minus change the size.</source>
        <translation>方向键移动，回车键选择，加号和减号调整大小。</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>平均池化</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Bias = {value}</source>
        <translation>偏置 = {value}</translation>
    </message>
    <message>
        <source>Bias = {value} · added to every sum</source>
        <translation>偏置 = {value} · 加到每个和上</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Box blur</source>
        <translation>均值模糊</translation>
    </message>
    <message>
        <source>Browse all…</source>
        <translation>浏览全部…</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>CNN Explorer ended unexpectedly. Restore {name} from {time}?</source>
        <translation>CNN Explorer 意外退出。要恢复 {time} 的 {name} 吗？</translation>
    </message>
    <message>
        <source>CNN Explorer {version}: see what a convolutional network does to an image.</source>
        <translation>CNN Explorer {version}：看看卷积网络对图像做了什么。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cells added around the input, so that the window can reach its border</source>
        <translation>在输入四周添加的单元格，使窗口能到达边界</translation>
    </message>
    <message>
        <source>Cells added on this side, 0 to 16</source>
        <translation>在这一边添加的单元格数，0 到 16</translation>
    </message>
    <message>
        <source>Centre after every stroke</source>
        <translation>每笔之后居中</translation>
    </message>
    <message>
        <source>Centre as MNIST does</source>
        <translation>按 MNIST 方式居中</translation>
    </message>
    <message>
        <source>Centre as MNIST does at the end of each stroke</source>
        <translation>每画完一笔，按 MNIST 方式居中</translation>
    </message>
    <message>
        <source>Centre the drawing</source>
        <translation>居中图形</translation>
    </message>
    <message>
        <source>Change a pixel</source>
        <translation>更改像素</translation>
    </message>
    <message>
        <source>Change it; with Shift in small steps</source>
        <translation>更改权重；按住 Shift 可微调</translation>
    </message>
    <message>
        <source>Change the bias</source>
        <translation>更改偏置</translation>
    </message>
    <message>
        <source>Change the kernel</source>
        <translation>更改卷积核</translation>
    </message>
    <message>
        <source>Change the sign of every weight</source>
        <translation>改变每个权重的符号</translation>
    </message>
    <message>
        <source>Change {field}</source>
        <translation>更改{field}</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>棋盘格</translation>
    </message>
    <message>
        <source>Choose how many cells are added on each of the four sides</source>
        <translation>分别设置四边添加的单元格数</translation>
    </message>
    <message>
        <source>Choose one of the images shown by chance</source>
        <translation>从显示的图像中随机选择一张</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Clear the image</source>
        <translation>清空图像</translation>
    </message>
    <message>
        <source>Click a digit, or walk with the arrow keys; plus and minus change the size.</source>
        <translation>单击数字，或用方向键移动；按加号和减号调整大小。</translation>
    </message>
    <message>
        <source>Click an output cell</source>
        <translation>单击输出单元格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this window</source>
        <translation>关闭此窗口</translation>
    </message>
    <message>
        <source>Colours become one channel by brightness: 0.299 red + 0.587 green + 0.114 blue (Rec. 601)</source>
        <translation>彩色按亮度转为单通道：0.299 红 + 0.587 绿 + 0.114 蓝（Rec. 601）</translation>
    </message>
    <message>
        <source>Colours keep their meaning while the values change</source>
        <translation>数值变化时，颜色含义保持不变</translation>
    </message>
    <message>
        <source>Colours of the system</source>
        <translation>跟随系统配色</translation>
    </message>
    <message>
        <source>Colours of {what}: {limits}</source>
        <translation>{what}的颜色：{limits}</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Convolution here is cross-correlation, as in TensorFlow: the kernel is not flipped.</source>
        <translation>此处的卷积即互相关，与 TensorFlow 一致：不翻转卷积核。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as picture</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>复制为文本</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Copy everything below to the clipboard</source>
        <translation>将下面的全部内容复制到剪贴板</translation>
    </message>
    <message>
        <source>Copy the kernel</source>
        <translation>复制卷积核</translation>
    </message>
    <message>
        <source>Copy the sum as text</source>
        <translation>将算式复制为文本</translation>
    </message>
    <message>
        <source>Copy the weights as text for a spreadsheet</source>
        <translation>将权重复制为可粘贴到电子表格的文本</translation>
    </message>
    <message>
        <source>Counted from 0: training images up to {last_train}, test images up to {last}</source>
        <translation>从 0 开始计数：训练图像到 {last_train}，测试图像到 {last}</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>十字</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Diagonal edge</source>
        <translation>对角边缘</translation>
    </message>
    <message>
        <source>Digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Digit {digit}</source>
        <translation>数字 {digit}</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>空洞率</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Divide by {white}</source>
        <translation>除以 {white}</translation>
    </message>
    <message>
        <source>Divide the weights by their sum: a flat area then keeps its value</source>
        <translation>将权重除以其总和，使平坦区域的值保持不变</translation>
    </message>
    <message>
        <source>Documents ({patterns})</source>
        <translation>文档 ({patterns})</translation>
    </message>
    <message>
        <source>Documents, images and data ({patterns})</source>
        <translation>文档、图像和数据 ({patterns})</translation>
    </message>
    <message>
        <source>Don't save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Download (11 MB)…</source>
        <translation>下载（11 MB）…</translation>
    </message>
    <message>
        <source>Download MNIST</source>
        <translation>下载 MNIST</translation>
    </message>
    <message>
        <source>Download mnist.npz and keep it on this computer</source>
        <translation>下载 mnist.npz 并保存在本机</translation>
    </message>
    <message>
        <source>Downloading MNIST…</source>
        <translation>正在下载 MNIST…</translation>
    </message>
    <message>
        <source>Drag a number up or down, or type one. With Shift: a tenth of the step.</source>
        <translation>上下拖动数值或直接输入。按住 Shift：步长为十分之一。</translation>
    </message>
    <message>
        <source>Drag a weight up or down</source>
        <translation>上下拖动权重</translation>
    </message>
    <message>
        <source>Drag on the image</source>
        <translation>在图像上拖动</translation>
    </message>
    <message>
        <source>Drag to any step</source>
        <translation>拖动到任意步骤</translation>
    </message>
    <message>
        <source>Drag to paint, with the right button to erase; or type numbers.</source>
        <translation>拖动绘制，按右键擦除；也可直接输入数值。</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Draw an image of 28×28 pixels, the size of MNIST's digits</source>
        <translation>绘制 28×28 像素的图像，与 MNIST 数字大小相同</translation>
    </message>
    <message>
        <source>Draw an image of 7×7 pixels, number by number</source>
        <translation>逐个数值绘制 7×7 像素的图像</translation>
    </message>
    <message>
        <source>Draw on 28×28</source>
        <translation>绘制 28×28 图像</translation>
    </message>
    <message>
        <source>Draw on 7×7</source>
        <translation>绘制 7×7 图像</translation>
    </message>
    <message>
        <source>Draw on the image: every layer follows while you draw.</source>
        <translation>在图像上绘制，各层会随之更新。</translation>
    </message>
    <message>
        <source>Draw on the image: every map follows. Choose a layer above to step through it.</source>
        <translation>在图像上绘制，所有特征图随之更新。在上方选择一层，即可逐步查看。</translation>
    </message>
    <message>
        <source>Draw; one stroke is one step of undo</source>
        <translation>绘制；一笔为一个撤销步骤</translation>
    </message>
    <message>
        <source>Drop a file on the window</source>
        <translation>将文件拖放到窗口</translation>
    </message>
    <message>
        <source>Drop a picture anywhere on the window, paste one, or open a file: {pictures}; numbers: {matrices}.</source>
        <translation>将图片拖放到窗口任意位置、粘贴图片或打开文件：{pictures}；数据：{matrices}。</translation>
    </message>
    <message>
        <source>EN / 中文</source>
        <translation>EN / 中文</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>浮雕</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Enlarge and reduce the map</source>
        <translation>放大和缩小特征图</translation>
    </message>
    <message>
        <source>Enter a number; arrow keys move on</source>
        <translation>输入数值；用方向键继续移动</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Feature map A</source>
        <translation>特征图 A</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充值</translation>
    </message>
    <message>
        <source>Fill the image with 0, 1 and 2 by chance</source>
        <translation>用 0、1、2 随机填满图像</translation>
    </message>
    <message>
        <source>Filled, cropped</source>
        <translation>填满，裁剪</translation>
    </message>
    <message>
        <source>First step</source>
        <translation>第一步</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>Fit into the window</source>
        <translation>适应窗口大小</translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation>适配图像</translation>
    </message>
    <message>
        <source>Flip 180°</source>
        <translation>翻转 180°</translation>
    </message>
    <message>
        <source>Flip the kernel</source>
        <translation>翻转卷积核</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Gives back the input: only the cell in the middle counts.</source>
        <translation>原样输出输入：只有中间的单元格起作用。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Handbook</source>
        <translation>手册示例</translation>
    </message>
    <message>
        <source>Handbook 7×7 example</source>
        <translation>手册 7×7 示例</translation>
    </message>
    <message>
        <source>Hold the limits</source>
        <translation>锁定范围</translation>
    </message>
    <message>
        <source>Horizontal edge</source>
        <translation>水平边缘</translation>
    </message>
    <message>
        <source>Horizontal edges, like Sobel y but with equal weights: a step of 1 downwards gives 3, a flat area 0.</source>
        <translation>水平边缘，类似 Sobel y 但权重相等：向下阶跃 1 得 3，平坦区域得 0。</translation>
    </message>
    <message>
        <source>Horizontal edges, truer to their direction than Sobel y: a step of 1 downwards gives 16, a flat area 0.</source>
        <translation>水平边缘，方向比 Sobel y 更准确：向下阶跃 1 得 16，平坦区域得 0。</translation>
    </message>
    <message>
        <source>Horizontal edges: positive where values rise downwards, negative where they fall. A step of 1 gives 4, a flat area 0.</source>
        <translation>水平边缘：数值向下增大处为正，减小处为负。阶跃 1 得 4，平坦区域得 0。</translation>
    </message>
    <message>
        <source>How far apart the cells are that the kernel reads</source>
        <translation>卷积核所读单元格之间的间距</translation>
    </message>
    <message>
        <source>How fast the steps are played</source>
        <translation>播放步骤的速度</translation>
    </message>
    <message>
        <source>How it is fitted</source>
        <translation>适配方式</translation>
    </message>
    <message>
        <source>How many cells the window moves at each step</source>
        <translation>窗口每步移动的单元格数</translation>
    </message>
    <message>
        <source>How many rows and columns are pooled into one cell</source>
        <translation>多少行和列池化为一个单元格</translation>
    </message>
    <message>
        <source>How many rows and columns the kernel has</source>
        <translation>卷积核的行数和列数</translation>
    </message>
    <message>
        <source>INPUT</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>If you have it, open mnist.npz or one of the IDX files, plain or .gz.</source>
        <translation>如果已有数据，请打开 mnist.npz 或任一 IDX 文件（未压缩或 .gz）。</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Image from a file</source>
        <translation>来自文件的图像</translation>
    </message>
    <message>
        <source>Image {name}</source>
        <translation>图像“{name}”</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>Index of the image</source>
        <translation>图像索引</translation>
    </message>
    <message>
        <source>Ink becomes paper and paper becomes ink</source>
        <translation>前景与背景互换</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input cells that no window visits: {count} of {total}.</source>
        <translation>未被任何窗口访问的输入单元格：{count}/{total}。</translation>
    </message>
    <message>
        <source>Input image</source>
        <translation>输入图像</translation>
    </message>
    <message>
        <source>Input row {row}, column {column} = {value} · no window reads it</source>
        <translation>输入（第 {row} 行，第 {column} 列）= {value} · 没有窗口读取它</translation>
    </message>
    <message>
        <source>Input row {row}, column {column} = {value} · one output cell reads it</source>
        <translation>输入（第 {row} 行，第 {column} 列）= {value} · 1 个输出单元格读取它</translation>
    </message>
    <message>
        <source>Input row {row}, column {column} = {value} · {count} output cells read it</source>
        <translation>输入（第 {row} 行，第 {column} 列）= {value} · {count} 个输出单元格读取它</translation>
    </message>
    <message>
        <source>Input: {name}</source>
        <translation>输入：{name}</translation>
    </message>
    <message>
        <source>Input: {rows} × {columns}, one channel</source>
        <translation>输入：{rows} × {columns}，单通道</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反转</translation>
    </message>
    <message>
        <source>Invert the image</source>
        <translation>反转图像</translation>
    </message>
    <message>
        <source>It can't start. Install it anew; if that does not help, report these details.</source>
        <translation>程序无法启动。请重新安装；若仍无法解决，请报告以下详细信息。</translation>
    </message>
    <message>
        <source>It has happened {count} times.</source>
        <translation>已发生 {count} 次。</translation>
    </message>
    <message>
        <source>KERNEL</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Keep the colour limits</source>
        <translation>锁定颜色范围</translation>
    </message>
    <message>
        <source>Keep the limits at the largest values seen, so that a colour means the same while values change</source>
        <translation>将范围保持在出现过的最大值，使数值变化时颜色含义不变</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Kernel W</source>
        <translation>卷积核 W</translation>
    </message>
    <message>
        <source>Kernel row {row}, column {column} = {value}</source>
        <translation>卷积核（第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>卷积核大小</translation>
    </message>
    <message>
        <source>Kernel {name}</source>
        <translation>卷积核“{name}”</translation>
    </message>
    <message>
        <source>Kernels to choose from</source>
        <translation>可选的卷积核</translation>
    </message>
    <message>
        <source>Keys and gestures</source>
        <translation>快捷键与手势</translation>
    </message>
    <message>
        <source>LAYER · {title}</source>
        <translation>层 · {title}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Laplacian 4</source>
        <translation>拉普拉斯 4</translation>
    </message>
    <message>
        <source>Laplacian 8</source>
        <translation>拉普拉斯 8</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Layer on</source>
        <translation>启用该层</translation>
    </message>
    <message>
        <source>Layer {number}: {layer}</source>
        <translation>第 {number} 层：{layer}</translation>
    </message>
    <message>
        <source>Layer {number}: {layer}, filter {filter} of {filters}, channel {channel} of {channels}</source>
        <translation>第 {number} 层：{layer}，滤波器 {filter}/{filters}，通道 {channel}/{channels}</translation>
    </message>
    <message>
        <source>Layers of the network</source>
        <translation>网络的各层</translation>
    </message>
    <message>
        <source>Layers: {layers} · parameters: {count}</source>
        <translation>层数：{layers} · 参数：{count}</translation>
    </message>
    <message>
        <source>Leave Present mode</source>
        <translation>退出演示模式</translation>
    </message>
    <message>
        <source>Left and right move between the cards, Enter shows one, O switches a layer off and on</source>
        <translation>左右方向键在卡片间移动，回车键显示，O 键关闭或启用该层</translation>
    </message>
    <message>
        <source>Let windows slide and layers change smoothly</source>
        <translation>窗口平滑移动，层平滑切换</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>MNIST could not be downloaded: {reason}. Point to a local mnist.npz instead, or try again later.</source>
        <translation>无法下载 MNIST：{reason}。请改用本地的 mnist.npz，或稍后重试。</translation>
    </message>
    <message>
        <source>MNIST digit</source>
        <translation>MNIST 数字</translation>
    </message>
    <message>
        <source>MNIST digit {digit}</source>
        <translation>MNIST 数字 {digit}</translation>
    </message>
    <message>
        <source>MNIST digit {digit}, test image {number} (index {index})</source>
        <translation>MNIST 数字 {digit}，测试图像 {number}（索引 {index}）</translation>
    </message>
    <message>
        <source>MNIST digit {digit}, training image {index}</source>
        <translation>MNIST 数字 {digit}，训练图像 {index}</translation>
    </message>
    <message>
        <source>MNIST files ({patterns})</source>
        <translation>MNIST 文件 ({patterns})</translation>
    </message>
    <message>
        <source>MNIST image</source>
        <translation>MNIST 图像</translation>
    </message>
    <message>
        <source>MNIST image {index}</source>
        <translation>MNIST 图像 {index}</translation>
    </message>
    <message>
        <source>MNIST is 70,000 handwritten digits of 28 × 28 pixels.</source>
        <translation>MNIST 包含 70,000 个 28 × 28 像素的手写数字。</translation>
    </message>
    <message>
        <source>Make this image the input again</source>
        <translation>再次将此图像用作输入</translation>
    </message>
    <message>
        <source>Matrix of {rows} rows and {columns} columns, values {low} to {high}</source>
        <translation>矩阵，{rows} 行 {columns} 列，数值 {low} 到 {high}</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>最大池化</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>运动模糊</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>鼠标</translation>
    </message>
    <message>
        <source>Move the image by one pixel; what comes in is 0</source>
        <translation>将图像移动一个像素，移入处为 0</translation>
    </message>
    <message>
        <source>Negate</source>
        <translation>取负</translation>
    </message>
    <message>
        <source>Negate the kernel</source>
        <translation>卷积核取负</translation>
    </message>
    <message>
        <source>Negative values are multiplied by a small slope</source>
        <translation>负值乘以较小的斜率</translation>
    </message>
    <message>
        <source>Negative values become 0</source>
        <translation>负值变为 0</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Next filter</source>
        <translation>下一个滤波器</translation>
    </message>
    <message>
        <source>Next layer</source>
        <translation>下一层</translation>
    </message>
    <message>
        <source>No digit chosen</source>
        <translation>未选择数字</translation>
    </message>
    <message>
        <source>No files yet</source>
        <translation>暂无文件</translation>
    </message>
    <message>
        <source>No padding: the window stays inside the input</source>
        <translation>不填充：窗口始终在输入之内</translation>
    </message>
    <message>
        <source>No such digits</source>
        <translation>没有这样的数字</translation>
    </message>
    <message>
        <source>Normalise the kernel</source>
        <translation>归一化卷积核</translation>
    </message>
    <message>
        <source>Normalise to sum 1</source>
        <translation>归一化（和为 1）</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>One step back (←)</source>
        <translation>后退一步（←）</translation>
    </message>
    <message>
        <source>One step forward (→)</source>
        <translation>前进一步（→）</translation>
    </message>
    <message>
        <source>Only the stage, large enough for the back row</source>
        <translation>只显示主视图，放大到后排也能看清</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open MNIST file</source>
        <translation>打开 MNIST 文件</translation>
    </message>
    <message>
        <source>Open MNIST file…</source>
        <translation>打开 MNIST 文件…</translation>
    </message>
    <message>
        <source>Open a picture or a matrix of numbers</source>
        <translation>打开图片或数值矩阵</translation>
    </message>
    <message>
        <source>Open an image, a document or a data set</source>
        <translation>打开图像、文档或数据集</translation>
    </message>
    <message>
        <source>Open another mnist.npz or IDX file</source>
        <translation>打开其他 mnist.npz 或 IDX 文件</translation>
    </message>
    <message>
        <source>Open image</source>
        <translation>打开图像</translation>
    </message>
    <message>
        <source>Open image…</source>
        <translation>打开图像…</translation>
    </message>
    <message>
        <source>Open mnist.npz or an IDX file</source>
        <translation>打开 mnist.npz 或 IDX 文件</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近的文件</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Opening {file}…</source>
        <translation>正在打开 {file}…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Or download it once (11 MB): it is kept on this computer.</source>
        <translation>也可下载一次（11 MB），数据会保存在本机。</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>其他文件…</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}) = the function of one input cell</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）= 一个输入单元格的函数值</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}) = the largest value in the window</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）= 窗口中的最大值</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}) = the mean of the window, padding not counted</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）= 窗口的平均值，不计填充</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}) = window ⊙ kernel, summed, plus bias</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）= 窗口 ⊙ 卷积核，求和，再加偏置</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}): the layer is off and hands its input on</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）：该层已关闭，直接传递输入</translation>
    </message>
    <message>
        <source>Output row {row}, column {column} = {value}</source>
        <translation>输出（第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>Output row {row}, column {column} = {value} · reads rows {rows}, columns {columns}</source>
        <translation>输出（第 {row} 行，第 {column} 列）= {value} · 读取第 {rows} 行、第 {columns} 列</translation>
    </message>
    <message>
        <source>Output size</source>
        <translation>输出大小</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Own size keeps the file's, up to 512 a side</source>
        <translation>“原始大小”保留文件的大小，每边最多 512</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Padding, outside the input: takes no part</source>
        <translation>填充，在输入之外：不参与计算</translation>
    </message>
    <message>
        <source>Padding, outside the input: {value}</source>
        <translation>填充，在输入之外：{value}</translation>
    </message>
    <message>
        <source>Padding: {side}</source>
        <translation>填充：{side}</translation>
    </message>
    <message>
        <source>Paint with any number: type it here, for example 0.5 or −3</source>
        <translation>用任意数值绘制：在此输入，例如 0.5 或 −3</translation>
    </message>
    <message>
        <source>Paint with {value}</source>
        <translation>用 {value} 绘制</translation>
    </message>
    <message>
        <source>Parameters of one output neuron</source>
        <translation>单个输出神经元的参数</translation>
    </message>
    <message>
        <source>Part of the data</source>
        <translation>数据子集</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste a kernel</source>
        <translation>粘贴卷积核</translation>
    </message>
    <message>
        <source>Paste image</source>
        <translation>粘贴图像</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>粘贴的图像</translation>
    </message>
    <message>
        <source>Pasted numbers</source>
        <translation>粘贴的数值</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Picture, {columns} × {rows} pixels</source>
        <translation>图片，{columns} × {rows} 像素</translation>
    </message>
    <message>
        <source>Pictures and matrices ({patterns})</source>
        <translation>图片和矩阵 ({patterns})</translation>
    </message>
    <message>
        <source>Pixel row {row}, column {column} = {value}</source>
        <translation>像素（第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>播放或暂停（空格键）</translation>
    </message>
    <message>
        <source>Point at an input cell</source>
        <translation>指向输入单元格</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Previous filter</source>
        <translation>上一个滤波器</translation>
    </message>
    <message>
        <source>Previous layer</source>
        <translation>上一层</translation>
    </message>
    <message>
        <source>Prewitt x</source>
        <translation>Prewitt x</translation>
    </message>
    <message>
        <source>Prewitt y</source>
        <translation>Prewitt y</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Radius of the brush in pixels of the image</source>
        <translation>画笔半径，以图像像素为单位</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Random digit</source>
        <translation>随机数字</translation>
    </message>
    <message>
        <source>Random image</source>
        <translation>随机图像</translation>
    </message>
    <message>
        <source>Random kernel</source>
        <translation>随机卷积核</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Reading MNIST…</source>
        <translation>正在读取 MNIST…</translation>
    </message>
    <message>
        <source>Receptive field of one output cell: {size}</source>
        <translation>单个输出单元格的感受野：{size}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reduce</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Relief: flat areas stay as they are; values that rise towards the bottom right are raised, those that fall lowered.</source>
        <translation>浮雕：平坦区域保持不变；向右下增大的值被抬高，减小的值被压低。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Rotate 90°</source>
        <translation>旋转 90°</translation>
    </message>
    <message>
        <source>Rotate the kernel</source>
        <translation>旋转卷积核</translation>
    </message>
    <message>
        <source>Row {row} has the length {count}, but row 1 has the length {first}; make all rows equally long.</source>
        <translation>第 {row} 行的长度为 {count}，而第 1 行的长度为 {first}；请使各行等长。</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {reason}; write numbers such as 2, −0.5 or 1/9.</source>
        <translation>第 {row} 行，第 {column} 列：{reason}；请填写如 2、−0.5 或 1/9 的数。</translation>
    </message>
    <message>
        <source>Rows and columns are set apart: click to make the columns as the rows</source>
        <translation>行与列分别设置：单击使列与行相同</translation>
    </message>
    <message>
        <source>Rows and columns are the same: click to set them apart</source>
        <translation>行与列相同：单击可分别设置</translation>
    </message>
    <message>
        <source>Rows and columns of the image that one cell of the last layer depends on</source>
        <translation>最后一层的一个单元格所依赖的图像行数和列数</translation>
    </message>
    <message>
        <source>Rows become columns: vertical edges become horizontal ones</source>
        <translation>行变为列：垂直边缘变为水平边缘</translation>
    </message>
    <message>
        <source>Sample images</source>
        <translation>示例图像</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Scale the drawing into 20×20 pixels and move its centre of mass to the middle</source>
        <translation>将图形缩放到 20×20 像素，并将其质心移到中央</translation>
    </message>
    <message>
        <source>Scale to 0…1</source>
        <translation>缩放到 0…1</translation>
    </message>
    <message>
        <source>Scharr x</source>
        <translation>Scharr x</translation>
    </message>
    <message>
        <source>Scharr y</source>
        <translation>Scharr y</translation>
    </message>
    <message>
        <source>See every output that reads it</source>
        <translation>查看读取它的所有输出</translation>
    </message>
    <message>
        <source>Set every pixel to 0</source>
        <translation>将所有像素设为 0</translation>
    </message>
    <message>
        <source>Seven</source>
        <translation>数字 7</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Shift down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Shift left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Shift right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Shift the image</source>
        <translation>平移图像</translation>
    </message>
    <message>
        <source>Shift up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Show all digits</source>
        <translation>显示全部数字</translation>
    </message>
    <message>
        <source>Show how it came about</source>
        <translation>显示它的计算过程</translation>
    </message>
    <message>
        <source>Show only images of one digit</source>
        <translation>只显示某个数字的图像</translation>
    </message>
    <message>
        <source>Show only images of the digit {digit}</source>
        <translation>只显示数字 {digit} 的图像</translation>
    </message>
    <message>
        <source>Show the whole feature map at once, or let it grow step by step</source>
        <translation>一次显示整张特征图，或逐步生成</translation>
    </message>
    <message>
        <source>Side of the input</source>
        <translation>输入的边长</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of the input</source>
        <translation>输入的大小</translation>
    </message>
    <message>
        <source>Slope below 0</source>
        <translation>负值斜率</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>So much padding that every overlap of at least one cell counts</source>
        <translation>填充到至少重叠一个单元格的位置都参与计算</translation>
    </message>
    <message>
        <source>So much padding that the output is as large as the input, divided by the stride</source>
        <translation>填充到输出与输入大小相同（除以步幅）</translation>
    </message>
    <message>
        <source>Sobel x</source>
        <translation>Sobel x</translation>
    </message>
    <message>
        <source>Sobel y</source>
        <translation>Sobel y</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出现错误</translation>
    </message>
    <message>
        <source>Something went wrong inside CNN Explorer.</source>
        <translation>CNN Explorer 内部出现错误。</translation>
    </message>
    <message>
        <source>Space plays · ← → step · click any output cell to jump there · hover an input cell to see every output it reaches</source>
        <translation>空格键播放 · ← → 单步 · 单击输出单元格可跳转 · 指向输入单元格可查看它影响的所有输出</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Squeezes every value to between 0 and 1</source>
        <translation>将每个值压缩到 0 与 1 之间</translation>
    </message>
    <message>
        <source>Squeezes every value to between −1 and 1</source>
        <translation>将每个值压缩到 −1 与 1 之间</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>主视图</translation>
    </message>
    <message>
        <source>Start over at the end</source>
        <translation>到末尾后从头开始</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Stop this and keep everything as it was</source>
        <translation>停止，并保持一切不变</translation>
    </message>
    <message>
        <source>Stretched</source>
        <translation>拉伸</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Swap dark and light, or the least and the greatest value</source>
        <translation>交换明暗，或交换最小值与最大值</translation>
    </message>
    <message>
        <source>Switch between English and Chinese</source>
        <translation>切换中文和英文</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色和深色</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Switch to 28×28</source>
        <translation>切换到 28×28</translation>
    </message>
    <message>
        <source>Switch to 7×7</source>
        <translation>切换到 7×7</translation>
    </message>
    <message>
        <source>Switch {layer} off</source>
        <translation>关闭 {layer}</translation>
    </message>
    <message>
        <source>Switch {layer} on</source>
        <translation>启用 {layer}</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>Switched off, the layer hands its input on as it is</source>
        <translation>关闭后，该层将输入原样传递</translation>
    </message>
    <message>
        <source>Switched off: the input is handed on as it is.</source>
        <translation>已关闭：输入原样传递。</translation>
    </message>
    <message>
        <source>Take a picture or an array from a file</source>
        <translation>选用文件中的图片或数组</translation>
    </message>
    <message>
        <source>Take a picture, a file or numbers from the clipboard</source>
        <translation>从剪贴板获取图片、文件或数值</translation>
    </message>
    <message>
        <source>Take one of MNIST's handwritten digits</source>
        <translation>选用 MNIST 手写数字</translation>
    </message>
    <message>
        <source>Take the weights from a spreadsheet or a text: one line for each row</source>
        <translation>从电子表格或文本获取权重：每行一行</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Target row {row}, column {column} = {value}</source>
        <translation>目标（第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>TensorFlow can't be used here, so numpy computes ({reason}).</source>
        <translation>此处无法使用 TensorFlow，改由 numpy 计算（{reason}）。</translation>
    </message>
    <message>
        <source>TensorFlow computes a cross-correlation; with the kernel flipped it is a mathematician's convolution</source>
        <translation>TensorFlow 计算的是互相关；翻转卷积核后，才是数学上的卷积</translation>
    </message>
    <message>
        <source>TensorFlow could not compute this, so numpy did ({reason}).</source>
        <translation>TensorFlow 无法完成此计算，已改由 numpy 计算（{reason}）。</translation>
    </message>
    <message>
        <source>TensorFlow does not flip the kernel: strictly, it computes a cross-correlation. With the kernel flipped by 180° it is what mathematics calls convolution.</source>
        <translation>TensorFlow 不翻转卷积核，严格来说计算的是互相关。将卷积核翻转 180° 后，才是数学上的卷积。</translation>
    </message>
    <message>
        <source>TensorFlow ended unexpectedly; it starts again, and numpy computes until then.</source>
        <translation>TensorFlow 意外退出，正在重新启动；其间由 numpy 计算。</translation>
    </message>
    <message>
        <source>TensorFlow ended {count} times within a minute; numpy computes from now on.</source>
        <translation>TensorFlow 在一分钟内退出了 {count} 次；此后由 numpy 计算。</translation>
    </message>
    <message>
        <source>TensorFlow is starting again…</source>
        <translation>TensorFlow 正在重新启动…</translation>
    </message>
    <message>
        <source>TensorFlow is starting…</source>
        <translation>TensorFlow 正在启动…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>Test images only</source>
        <translation>仅测试图像</translation>
    </message>
    <message>
        <source>The 4 neighbours minus 4 times the cell: flat areas and even slopes give 0, a single cell of 1 gives −4.</source>
        <translation>4 个相邻单元格之和减去该单元格的 4 倍：平坦区域和均匀斜坡得 0，孤立的 1 得 −4。</translation>
    </message>
    <message>
        <source>The 8 neighbours minus 8 times the cell: flat areas and even slopes give 0, a single cell of 1 gives −8.</source>
        <translation>8 个相邻单元格之和减去该单元格的 8 倍：平坦区域和均匀斜坡得 0，孤立的 1 得 −8。</translation>
    </message>
    <message>
        <source>The added cells are 0</source>
        <translation>添加的单元格为 0</translation>
    </message>
    <message>
        <source>The added cells mirror the input with its border: b a | a b c | c b</source>
        <translation>添加的单元格是输入的镜像，含边界：b a | a b c | c b</translation>
    </message>
    <message>
        <source>The added cells mirror the input without its border: c b | a b c | b a</source>
        <translation>添加的单元格是输入的镜像，不含边界：c b | a b c | b a</translation>
    </message>
    <message>
        <source>The clipboard has no picture, no file of one and no numbers; copy one first.</source>
        <translation>剪贴板中没有图片、图片文件或数表；请先复制一个。</translation>
    </message>
    <message>
        <source>The copied text holds {block_rows}×{block_columns} numbers; from the selected cell on there is room for {rows}×{columns}.</source>
        <translation>复制的文本含有 {block_rows}×{block_columns} 个数；从所选单元格起只放得下 {rows}×{columns} 个。</translation>
    </message>
    <message>
        <source>The digit after, of those shown</source>
        <translation>所示数字中的下一个</translation>
    </message>
    <message>
        <source>The digit before, of those shown</source>
        <translation>所示数字中的上一个</translation>
    </message>
    <message>
        <source>The document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>The document can't be saved: {reason}</source>
        <translation>无法保存文档：{reason}</translation>
    </message>
    <message>
        <source>The document could not be restored: {reason}</source>
        <translation>无法恢复文档：{reason}</translation>
    </message>
    <message>
        <source>The download of MNIST was cancelled.</source>
        <translation>已取消下载 MNIST。</translation>
    </message>
    <message>
        <source>The function that every cell goes through</source>
        <translation>应用于每个单元格的函数</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The kernel has been copied: paste it into a spreadsheet.</source>
        <translation>已复制卷积核，可粘贴到电子表格中。</translation>
    </message>
    <message>
        <source>The kernel has {has} input channels, but its input has {needs}; choose a kernel for {needs} channels.</source>
        <translation>卷积核有 {has} 个输入通道，而输入有 {needs} 个通道；请选择 {needs} 通道的卷积核。</translation>
    </message>
    <message>
        <source>The largest value in the window</source>
        <translation>窗口中的最大值</translation>
    </message>
    <message>
        <source>The least and the greatest value become 0 and 1</source>
        <translation>最小值和最大值变为 0 和 1</translation>
    </message>
    <message>
        <source>The left button draws</source>
        <translation>按左键绘制</translation>
    </message>
    <message>
        <source>The left button erases; the right one always does</source>
        <translation>按左键擦除；按右键始终擦除</translation>
    </message>
    <message>
        <source>The maps up to this layer would hold {numbers} million numbers, and {most} million can be shown; use a smaller image, fewer filters or a larger stride.</source>
        <translation>到这一层为止的特征图共有 {numbers} 百万个数，最多可显示 {most} 百万个；请使用较小的图像、较少的滤波器或较大的步幅。</translation>
    </message>
    <message>
        <source>The mean of 3 cells on a diagonal: smears the image from the top left to the bottom right.</source>
        <translation>对角线上 3 个单元格的平均值：图像从左上向右下拖影。</translation>
    </message>
    <message>
        <source>The mean of the 9 cells: flat areas stay as they are, edges become gradual.</source>
        <translation>9 个单元格的平均值：平坦区域保持不变，边缘变得平缓。</translation>
    </message>
    <message>
        <source>The mean of the values in the window</source>
        <translation>窗口中各值的平均值</translation>
    </message>
    <message>
        <source>The network has no convolution: add one to edit its kernel.</source>
        <translation>网络中没有卷积层：添加一个，即可编辑其卷积核。</translation>
    </message>
    <message>
        <source>The numbers of the map on the screen, for a spreadsheet</source>
        <translation>将当前特征图的数值复制为可粘贴到电子表格的文本</translation>
    </message>
    <message>
        <source>The numbers of this layer grow beyond 3.4e38, the largest there is; use smaller weights.</source>
        <translation>该层的数值超出可表示的最大值 3.4e38；请使用较小的权重。</translation>
    </message>
    <message>
        <source>The numbers were copied: paste them into a spreadsheet.</source>
        <translation>已复制数值，可粘贴到电子表格中。</translation>
    </message>
    <message>
        <source>The odd column of padding goes to the right, as in TensorFlow.</source>
        <translation>多出的一列填充放在右侧，与 TensorFlow 一致。</translation>
    </message>
    <message>
        <source>The odd row and column of padding go to the bottom and to the right, as in TensorFlow.</source>
        <translation>多出的一行和一列填充放在下方和右侧，与 TensorFlow 一致。</translation>
    </message>
    <message>
        <source>The odd row of padding goes to the bottom, as in TensorFlow.</source>
        <translation>多出的一行填充放在下方，与 TensorFlow 一致。</translation>
    </message>
    <message>
        <source>The slope of the leaky ReLU for negative values</source>
        <translation>leaky ReLU 在负值处的斜率</translation>
    </message>
    <message>
        <source>The stage was copied as a picture.</source>
        <translation>已将主视图复制为图片。</translation>
    </message>
    <message>
        <source>The values stay as they are</source>
        <translation>数值保持不变</translation>
    </message>
    <message>
        <source>The weights add up to 0, so nothing makes them add up to 1; change a weight first.</source>
        <translation>权重之和为 0，无法使其变为 1；请先更改某个权重。</translation>
    </message>
    <message>
        <source>The worked example: its weights add up to 0, so a flat area gives just the bias, 1.</source>
        <translation>教学示例：权重之和为 0，因此平坦区域只得到偏置 1。</translation>
    </message>
    <message>
        <source>There are no numbers in the text; copy a grid of numbers first.</source>
        <translation>文本中没有数；请先复制一个数表。</translation>
    </message>
    <message>
        <source>There is no picture, no file and no table of numbers in this; copy one first.</source>
        <translation>其中没有图片、文件或数表；请先复制一个。</translation>
    </message>
    <message>
        <source>This is not a number: type for example 2, -0.5 or 1/9.</source>
        <translation>这不是数：请输入例如 2、-0.5 或 1/9。</translation>
    </message>
    <message>
        <source>This layer has no parameters.</source>
        <translation>该层没有参数。</translation>
    </message>
    <message>
        <source>This number is too large: type one between −10⁹ and 10⁹.</source>
        <translation>数太大：请输入 −10⁹ 到 10⁹ 之间的数。</translation>
    </message>
    <message>
        <source>To the first step (Home)</source>
        <translation>转到第一步（Home）</translation>
    </message>
    <message>
        <source>To the last step (End)</source>
        <translation>转到最后一步（End）</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Training and test images</source>
        <translation>训练图像和测试图像</translation>
    </message>
    <message>
        <source>Training images only</source>
        <translation>仅训练图像</translation>
    </message>
    <message>
        <source>Training images, test images, or both</source>
        <translation>训练图像、测试图像或两者</translation>
    </message>
    <message>
        <source>Transpose</source>
        <translation>转置</translation>
    </message>
    <message>
        <source>Transpose the kernel</source>
        <translation>转置卷积核</translation>
    </message>
    <message>
        <source>Turn the kernel clockwise</source>
        <translation>顺时针旋转卷积核</translation>
    </message>
    <message>
        <source>Type on a weight</source>
        <translation>在权重上输入</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Unlabelled</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>再次使用</translation>
    </message>
    <message>
        <source>Value scale</source>
        <translation>数值色标</translation>
    </message>
    <message>
        <source>Vertical edge</source>
        <translation>垂直边缘</translation>
    </message>
    <message>
        <source>Vertical edges, like Sobel x but with equal weights: a step of 1 to the right gives 3, a flat area 0.</source>
        <translation>垂直边缘，类似 Sobel x 但权重相等：向右阶跃 1 得 3，平坦区域得 0。</translation>
    </message>
    <message>
        <source>Vertical edges, truer to their direction than Sobel x: a step of 1 to the right gives 16, a flat area 0.</source>
        <translation>垂直边缘，方向比 Sobel x 更准确：向右阶跃 1 得 16，平坦区域得 0。</translation>
    </message>
    <message>
        <source>Vertical edges: positive where values rise to the right, negative where they fall. A step of 1 gives 4, a flat area 0.</source>
        <translation>垂直边缘：数值向右增大处为正，减小处为负。阶跃 1 得 4，平坦区域得 0。</translation>
    </message>
    <message>
        <source>Wall of digits</source>
        <translation>数字墙</translation>
    </message>
    <message>
        <source>Weight row {row}, column {column} = {value} · multiplies {count} input cells</source>
        <translation>权重（第 {row} 行，第 {column} 列）= {value} · 与 {count} 个输入单元格相乘</translation>
    </message>
    <message>
        <source>What is made of the cells in a window</source>
        <translation>对窗口中的单元格进行的运算</translation>
    </message>
    <message>
        <source>What the added cells hold: zeros, or a mirror image of the input</source>
        <translation>添加的单元格的内容：零，或输入的镜像</translation>
    </message>
    <message>
        <source>What to do where the picture is not square</source>
        <translation>图片不是正方形时的处理方式</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>滚轮、双指捏合</translation>
    </message>
    <message>
        <source>Whole map</source>
        <translation>完整特征图</translation>
    </message>
    <message>
        <source>Whole numbers from −2 to 2 by chance</source>
        <translation>随机取 −2 到 2 的整数</translation>
    </message>
    <message>
        <source>Whole, padded</source>
        <translation>完整显示，补边</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Without saving, everything since the last time is lost.</source>
        <translation>如果不保存，上次保存后的更改都将丢失。</translation>
    </message>
    <message>
        <source>Your document is still open: save it. Then report what you did just before, with these details.</source>
        <translation>文档仍处于打开状态，请先保存。然后报告出错前的操作，并附上以下详细信息。</translation>
    </message>
    <message>
        <source>Your edits are not kept for a restart ({reason}): save often.</source>
        <translation>编辑内容无法自动保留到下次启动（{reason}），请经常保存。</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>清零</translation>
    </message>
    <message>
        <source>Zero the kernel</source>
        <translation>卷积核清零</translation>
    </message>
    <message>
        <source>a checksum in it is wrong</source>
        <translation>其中的校验和有误</translation>
    </message>
    <message>
        <source>a compressed BMP</source>
        <translation>压缩的 BMP</translation>
    </message>
    <message>
        <source>a document has at most {most} MB, and this has {size}; use a smaller image or fewer filters.</source>
        <translation>文档最大为 {most} MB，而此文档为 {size} MB；请使用较小的图像或较少的滤波器。</translation>
    </message>
    <message>
        <source>a part of it is cut off</source>
        <translation>其中一部分被截断</translation>
    </message>
    <message>
        <source>a part of its path is not a folder</source>
        <translation>其路径中有一部分不是文件夹</translation>
    </message>
    <message>
        <source>a part of the path is not a folder; choose another one</source>
        <translation>路径中有一部分不是文件夹；请选择其他位置</translation>
    </message>
    <message>
        <source>a picture of the kind {mode}</source>
        <translation>类型为 {mode} 的图片</translation>
    </message>
    <message>
        <source>a picture with whole numbers of 32 bits</source>
        <translation>32 位整数图片</translation>
    </message>
    <message>
        <source>a picture with {count} values that are not finite (NaN or infinite)</source>
        <translation>含有 {count} 个非有限值（NaN 或无穷大）的图片</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>cell {step} of {total}</source>
        <translation>第 {step}/{total} 格</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>columns:</source>
        <translation>列：</translation>
    </message>
    <message>
        <source>complex numbers</source>
        <translation>复数</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>for all {outputs} outputs: {all} against {connected}</source>
        <translation>全部 {outputs} 个输出：{all} 对比 {connected}</translation>
    </message>
    <message>
        <source>full</source>
        <translation>full</translation>
    </message>
    <message>
        <source>fully connected</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>it asks for more memory than there is</source>
        <translation>它所需的内存超出可用内存</translation>
    </message>
    <message>
        <source>it can't be unpacked ({reason})</source>
        <translation>无法解压（{reason}）</translation>
    </message>
    <message>
        <source>it declares more than can be packed in it</source>
        <translation>它声明的数据多于它所能容纳的</translation>
    </message>
    <message>
        <source>it has a number that is too long</source>
        <translation>其中有过长的数</translation>
    </message>
    <message>
        <source>it has fewer numbers than its header declares</source>
        <translation>其中的数少于文件头所声明的</translation>
    </message>
    <message>
        <source>it has less in it than its header declares</source>
        <translation>其内容少于文件头所声明的</translation>
    </message>
    <message>
        <source>it has more parts than a document can have</source>
        <translation>其组成部分多于文档所能容纳的</translation>
    </message>
    <message>
        <source>it has more parts than a picture can have</source>
        <translation>其组成部分多于图片所能容纳的</translation>
    </message>
    <message>
        <source>it has no picture in it</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <source>it has {frames} frames, of which the first is shown</source>
        <translation>它有 {frames} 帧，显示第一帧</translation>
    </message>
    <message>
        <source>it has {width} × {height} pixels, averaged to {columns} × {rows}</source>
        <translation>它有 {width} × {height} 像素，已平均缩小为 {columns} × {rows}</translation>
    </message>
    <message>
        <source>it is a device, not a file</source>
        <translation>它是设备，不是文件</translation>
    </message>
    <message>
        <source>it is a folder, not a file</source>
        <translation>它是文件夹，不是文件</translation>
    </message>
    <message>
        <source>it is a link that leads back to itself</source>
        <translation>它是指向自身的链接</translation>
    </message>
    <message>
        <source>it is a link that leads back to itself; choose another name</source>
        <translation>它是指向自身的链接；请换一个名称</translation>
    </message>
    <message>
        <source>it is a link to a file that isn't there</source>
        <translation>它是链接，指向的文件不存在</translation>
    </message>
    <message>
        <source>it is a named pipe, not a file</source>
        <translation>它是命名管道，不是文件</translation>
    </message>
    <message>
        <source>it is a socket, not a file</source>
        <translation>它是套接字，不是文件</translation>
    </message>
    <message>
        <source>it is longer than its header declares, or expands to more than expected</source>
        <translation>它比文件头所声明的长，或解压后超出预期</translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation>它的嵌套太深</translation>
    </message>
    <message>
        <source>it is not a document, or damaged ({reason}); open one that was saved here.</source>
        <translation>它不是文档或已损坏（{reason}）；请打开由本程序保存的文档。</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>它不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>it isn't there</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>it was saved by a newer version of CNN Explorer; update the program.</source>
        <translation>它由更新版本的 CNN Explorer 保存；请更新程序。</translation>
    </message>
    <message>
        <source>its directory has no size</source>
        <translation>其目录中没有大小信息</translation>
    </message>
    <message>
        <source>its directory is cut off</source>
        <translation>其目录被截断</translation>
    </message>
    <message>
        <source>its directory makes no sense</source>
        <translation>其目录无意义</translation>
    </message>
    <message>
        <source>its end is missing</source>
        <translation>缺少末尾</translation>
    </message>
    <message>
        <source>its format is not {format}</source>
        <translation>其格式不是 {format}</translation>
    </message>
    <message>
        <source>its header can't be read</source>
        <translation>无法读取其文件头</translation>
    </message>
    <message>
        <source>its header declares a negative side</source>
        <translation>其文件头声明了负的边长</translation>
    </message>
    <message>
        <source>its header has an unknown version</source>
        <translation>其文件头的版本未知</translation>
    </message>
    <message>
        <source>its header has the wrong length</source>
        <translation>其文件头的长度有误</translation>
    </message>
    <message>
        <source>its header is cut off</source>
        <translation>其文件头被截断</translation>
    </message>
    <message>
        <source>its header is not where it belongs</source>
        <translation>其文件头不在应有的位置</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>其文件头无意义</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>其名称太长</translation>
    </message>
    <message>
        <source>its values run from {low} to {high}, shown as black to white</source>
        <translation>数值从 {low} 到 {high}，显示为从黑到白</translation>
    </message>
    <message>
        <source>its width and height are {width} and {height}</source>
        <translation>其宽和高为 {width} 和 {height}</translation>
    </message>
    <message>
        <source>its {kind} data can't be decoded</source>
        <translation>无法解码其中的 {kind} 数据</translation>
    </message>
    <message>
        <source>leaky ReLU</source>
        <translation>leaky ReLU</translation>
    </message>
    <message>
        <source>left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>line {line}, column {column} is not JSON</source>
        <translation>第 {line} 行第 {column} 列不是 JSON</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>more than {count} lines</source>
        <translation>超过 {count} 行</translation>
    </message>
    <message>
        <source>no file can have this name</source>
        <translation>文件不能使用此名称</translation>
    </message>
    <message>
        <source>no steps</source>
        <translation>无步骤</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>nothing can be divided by 0</source>
        <translation>不能除以 0</translation>
    </message>
    <message>
        <source>nothing is there</source>
        <translation>此处为空</translation>
    </message>
    <message>
        <source>numbers…</source>
        <translation>自定义…</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>pickled Python objects, which could run a program</source>
        <translation>可能运行程序的 pickle 序列化 Python 对象</translation>
    </message>
    <message>
        <source>reflect</source>
        <translation>反射</translation>
    </message>
    <message>
        <source>right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>第 {row} 行</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>第 {row} 行，第 {column} 列</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>rows are missing at its end</source>
        <translation>末尾缺少若干行</translation>
    </message>
    <message>
        <source>rows:</source>
        <translation>行：</translation>
    </message>
    <message>
        <source>same</source>
        <translation>same</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>spans of time</source>
        <translation>时间间隔</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step}/{total} 步</translation>
    </message>
    <message>
        <source>structures</source>
        <translation>结构体</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>test image {number}</source>
        <translation>测试图像 {number}</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the archive can't be unpacked</source>
        <translation>无法解压该压缩包</translation>
    </message>
    <message>
        <source>the cell is empty; write a number</source>
        <translation>单元格为空；请填入一个数</translation>
    </message>
    <message>
        <source>the computer seems to be offline</source>
        <translation>电脑似乎未联网</translation>
    </message>
    <message>
        <source>the connection ended too early</source>
        <translation>连接过早中断</translation>
    </message>
    <message>
        <source>the connection is not secure</source>
        <translation>连接不安全</translation>
    </message>
    <message>
        <source>the disk is full; free some space or choose another folder</source>
        <translation>磁盘已满；请腾出空间或选择其他文件夹</translation>
    </message>
    <message>
        <source>the disk reported a read error</source>
        <translation>磁盘报告读取错误</translation>
    </message>
    <message>
        <source>the disk reported a write error</source>
        <translation>磁盘报告写入错误</translation>
    </message>
    <message>
        <source>the end of the archive is missing</source>
        <translation>缺少压缩包的末尾</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>the file would be larger than this system allows</source>
        <translation>文件将超出本系统允许的大小</translation>
    </message>
    <message>
        <source>the folder for it can't be made ({reason})</source>
        <translation>无法创建所需的文件夹（{reason}）</translation>
    </message>
    <message>
        <source>the folder is no longer there; choose another one</source>
        <translation>文件夹已不存在；请选择其他文件夹</translation>
    </message>
    <message>
        <source>the folder is read-only; choose another one</source>
        <translation>文件夹为只读；请选择其他文件夹</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>名称太长；请换一个较短的名称</translation>
    </message>
    <message>
        <source>the number is too large</source>
        <translation>数太大</translation>
    </message>
    <message>
        <source>the packed data ends too early</source>
        <translation>压缩数据过早结束</translation>
    </message>
    <message>
        <source>the server answered {code}</source>
        <translation>服务器返回 {code}</translation>
    </message>
    <message>
        <source>the server did not answer in time</source>
        <translation>服务器未及时响应</translation>
    </message>
    <message>
        <source>the server refused the connection</source>
        <translation>服务器拒绝连接</translation>
    </message>
    <message>
        <source>the server's file is too large to be MNIST</source>
        <translation>服务器上的文件太大，不可能是 MNIST</translation>
    </message>
    <message>
        <source>the type {dtype}</source>
        <translation>类型为 {dtype} 的数据</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>training image {number}</source>
        <translation>训练图像 {number}</translation>
    </message>
    <message>
        <source>two of its members have the same name</source>
        <translation>其中有两个同名成员</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>what arrived is not the published file (its checksum differs)</source>
        <translation>收到的不是官方发布的文件（校验和不符）</translation>
    </message>
    <message>
        <source>what has this name is not a file; choose another name</source>
        <translation>使用此名称的不是文件；请换一个名称</translation>
    </message>
    <message>
        <source>what stands between its pictures is not GIF</source>
        <translation>其图片之间的内容不是 GIF</translation>
    </message>
    <message>
        <source>without TensorFlow</source>
        <translation>未使用 TensorFlow</translation>
    </message>
    <message>
        <source>you have no permission to read it</source>
        <translation>您没有读取它的权限</translation>
    </message>
    <message>
        <source>you have no permission to write in this folder; choose another one</source>
        <translation>您没有写入此文件夹的权限；请选择其他文件夹</translation>
    </message>
    <message>
        <source>zero</source>
        <translation>零</translation>
    </message>
    <message>
        <source>{command} ({keys})</source>
        <translation>{command} ({keys})</translation>
    </message>
    <message>
        <source>{command}: {subject}</source>
        <translation>{command}：{subject}</translation>
    </message>
    <message>
        <source>{count} columns</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} 张图像</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{engine} · {note}</source>
        <translation>{engine} · {note}</translation>
    </message>
    <message>
        <source>{engine} · {time} ms</source>
        <translation>{engine} · {time} ms</translation>
    </message>
    <message>
        <source>{field} ends too early</source>
        <translation>{field} 过早结束</translation>
    </message>
    <message>
        <source>{field} in {file}</source>
        <translation>{file} 中的 {field}</translation>
    </message>
    <message>
        <source>{field} is longer than its header declares</source>
        <translation>{field} 比文件头所声明的长</translation>
    </message>
    <message>
        <source>{field} is missing; add it.</source>
        <translation>缺少 {field}；请添加。</translation>
    </message>
    <message>
        <source>{field} is not a field that is known; remove it, or correct its name.</source>
        <translation>{field} 不是已知字段；请删除它或更正名称。</translation>
    </message>
    <message>
        <source>{field} is there twice; remove one of them.</source>
        <translation>{field} 出现了两次；请删除其中一个。</translation>
    </message>
    <message>
        <source>{field} must be a list of at most {most} layers.</source>
        <translation>{field} 必须是不超过 {most} 层的列表。</translation>
    </message>
    <message>
        <source>{field} must be a list of {count} lengths: {axes}.</source>
        <translation>{field} 必须是 {count} 个长度的列表：{axes}。</translation>
    </message>
    <message>
        <source>{field} must be a list of {count} numbers.</source>
        <translation>{field} 必须是 {count} 个数的列表。</translation>
    </message>
    <message>
        <source>{field} must be a list of {count} rows, as the shape says.</source>
        <translation>{field} 必须是 {count} 行的列表，与形状一致。</translation>
    </message>
    <message>
        <source>{field} must be a number from {low} to {high}.</source>
        <translation>{field} 必须是 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>{field} must be a text of at most {most} characters on one line.</source>
        <translation>{field} 必须是不超过 {most} 个字符的单行文本。</translation>
    </message>
    <message>
        <source>{field} must be a whole number from {low} to {high}.</source>
        <translation>{field} 必须是 {low} 到 {high} 之间的整数。</translation>
    </message>
    <message>
        <source>{field} must be a word ({options}) or four numbers.</source>
        <translation>{field} 必须是一个单词（{options}）或四个数。</translation>
    </message>
    <message>
        <source>{field} must be an object with named fields.</source>
        <translation>{field} 必须是带有命名字段的对象。</translation>
    </message>
    <message>
        <source>{field} must be one of: {options}.</source>
        <translation>{field} 必须是以下之一：{options}。</translation>
    </message>
    <message>
        <source>{field} must be the number of {axis}: {allowed}.</source>
        <translation>{field} 必须是 {axis} 的数量：{allowed}。</translation>
    </message>
    <message>
        <source>{field} must be true or false.</source>
        <translation>{field} 必须是 true 或 false。</translation>
    </message>
    <message>
        <source>{field} must be two whole numbers: rows and columns.</source>
        <translation>{field} 必须是两个整数：行和列。</translation>
    </message>
    <message>
        <source>{field} must be {count} numbers in base64; save the document again.</source>
        <translation>{field} 必须是 base64 编码的 {count} 个数；请重新保存文档。</translation>
    </message>
    <message>
        <source>{field} must have either "rows" or "float32".</source>
        <translation>{field} 必须含有 "rows" 或 "float32" 之一。</translation>
    </message>
    <message>
        <source>{field} must have {length} {axis}, as the field before it.</source>
        <translation>{field} 的 {axis} 必须为 {length}，与前面的字段一致。</translation>
    </message>
    <message>
        <source>{field} {number}</source>
        <translation>{field} {number}</translation>
    </message>
    <message>
        <source>{field}: columns</source>
        <translation>{field}：列</translation>
    </message>
    <message>
        <source>{field}: rows</source>
        <translation>{field}：行</translation>
    </message>
    <message>
        <source>{field}: rows and columns together</source>
        <translation>{field}：行列联动</translation>
    </message>
    <message>
        <source>{file} can be opened.</source>
        <translation>{file} 可以打开。</translation>
    </message>
    <message>
        <source>{file} can't be opened: {reason}</source>
        <translation>无法打开 {file}：{reason}</translation>
    </message>
    <message>
        <source>{file} can't be opened: {reason}.</source>
        <translation>无法打开 {file}：{reason}。</translation>
    </message>
    <message>
        <source>{file} has labels, but its file of images is not beside it.</source>
        <translation>{file} 是标签，但对应的图像文件不在旁边。</translation>
    </message>
    <message>
        <source>{file} has no {missing}; a data set needs the arrays x_train, y_train, x_test and y_test, and this file has {found}.</source>
        <translation>{file} 缺少 {missing}；数据集需要数组 x_train、y_train、x_test 和 y_test，而此文件中有 {found}。</translation>
    </message>
    <message>
        <source>{file} has the shape {shape}, which has no numbers in it.</source>
        <translation>{file} 的形状为 {shape}，其中没有数。</translation>
    </message>
    <message>
        <source>{file} has the shape {shape}; it needs 2 dimensions (rows, columns), or a third with 1 or 3 channels.</source>
        <translation>{file} 的形状为 {shape}；应有 2 个维度（行、列），或再加一个 1 或 3 通道的维度。</translation>
    </message>
    <message>
        <source>{file} holds a number beyond ±10⁹, in {place}; divide its numbers so that they are smaller.</source>
        <translation>{file} 在{place}含有超出 ±10⁹ 的数；请缩小其中的数值。</translation>
    </message>
    <message>
        <source>{file} holds numbers that are not finite (NaN, infinite or beyond 3.4e38): {count} of them, the first in {place}; replace them.</source>
        <translation>{file} 含有 {count} 个非有限数（NaN、无穷大或超出 3.4e38），第一个在{place}；请替换它们。</translation>
    </message>
    <message>
        <source>{file} holds {what}; only real numbers can be opened: convert the array with astype(numpy.float32).</source>
        <translation>{file} 存放的是{what}；只能打开实数，请用 astype(numpy.float32) 转换数组。</translation>
    </message>
    <message>
        <source>{file} is a folder with a saved model (SavedModel), which can't be opened: it may run a program.</source>
        <translation>{file} 是存有模型（SavedModel）的文件夹，无法打开：它可能会运行程序。</translation>
    </message>
    <message>
        <source>{file} is a model; models can't be opened yet.</source>
        <translation>{file} 是模型；目前还无法打开模型。</translation>
    </message>
    <message>
        <source>{file} is cut short or damaged: {reason}; copy it again from where it came.</source>
        <translation>{file} 不完整或已损坏：{reason}；请从来源处重新复制。</translation>
    </message>
    <message>
        <source>{file} is empty (0 bytes); choose another file.</source>
        <translation>{file} 为空（0 字节）；请选择其他文件。</translation>
    </message>
    <message>
        <source>{file} is empty: it has no numbers in it.</source>
        <translation>{file} 为空：其中没有数。</translation>
    </message>
    <message>
        <source>{file} is encrypted; unpack it with its password first.</source>
        <translation>{file} 已加密；请先用密码解压。</translation>
    </message>
    <message>
        <source>{file} is left out: its labels are not beside it.</source>
        <translation>已略过 {file}：对应的标签文件不在旁边。</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text; save it as CSV with the encoding UTF-8.</source>
        <translation>{file} 不是 UTF-8 文本；请以 UTF-8 编码另存为 CSV。</translation>
    </message>
    <message>
        <source>{file} is not a .npy file; save the array with numpy.save.</source>
        <translation>{file} 不是 .npy 文件；请用 numpy.save 保存数组。</translation>
    </message>
    <message>
        <source>{file} is not an .npz archive; choose an mnist.npz.</source>
        <translation>{file} 不是 .npz 压缩包；请选择 mnist.npz。</translation>
    </message>
    <message>
        <source>{file} is not an IDX file of {part}: its header begins with {magic}; choose the MNIST files.</source>
        <translation>{file} 不是 {part} 的 IDX 文件：其文件头以 {magic} 开头；请选择 MNIST 文件。</translation>
    </message>
    <message>
        <source>{file} is not an image that can be read: it is none of PNG, JPEG, BMP, GIF, TIFF, WebP; save it as PNG.</source>
        <translation>{file} 不是可读取的图像：不属于 PNG、JPEG、BMP、GIF、TIFF、WebP；请另存为 PNG。</translation>
    </message>
    <message>
        <source>{file} is not recognised: open a picture, a .npy or .csv matrix, MNIST files, or a saved document.</source>
        <translation>无法识别 {file}：请打开图片、.npy 或 .csv 矩阵、MNIST 文件或已保存的文档。</translation>
    </message>
    <message>
        <source>{file} is packed in a way that is not supported; save it with numpy.savez.</source>
        <translation>不支持 {file} 的压缩方式；请用 numpy.savez 保存。</translation>
    </message>
    <message>
        <source>{file} is too large: it has {count} members, and the limit is {limit}.</source>
        <translation>{file} 太大：它有 {count} 个成员，上限为 {limit} 个。</translation>
    </message>
    <message>
        <source>{file} is too large: it has {what}, and the limit is {limit}.</source>
        <translation>{file} 太大：它有 {what}，上限为 {limit}。</translation>
    </message>
    <message>
        <source>{file} is too large: its shape is {shape}, and the limit is {side} to a side and {count} numbers in all.</source>
        <translation>{file} 太大：其形状为 {shape}，上限为每边 {side}、总共 {count} 个数。</translation>
    </message>
    <message>
        <source>{file} is too large: {field} has {count} images, and the limit is {limit}.</source>
        <translation>{file} 太大：{field} 有 {count} 张图像，上限为 {limit} 张。</translation>
    </message>
    <message>
        <source>{file} is too large: {member} expands to {size} MB, and the limit is {limit} MB.</source>
        <translation>{file} 太大：{member} 解压后为 {size} MB，上限为 {limit} MB。</translation>
    </message>
    <message>
        <source>{file} is too large: {size} MB, and the limit for this kind of file is {limit} MB.</source>
        <translation>{file} 太大：{size} MB，此类文件的上限为 {limit} MB。</translation>
    </message>
    <message>
        <source>{file} is too large: {width} × {height} pixels, and the limit for {kind} is {limit} megapixels; make it smaller first.</source>
        <translation>{file} 太大：{width} × {height} 像素，{kind} 的上限为 {limit} 百万像素；请先缩小。</translation>
    </message>
    <message>
        <source>{file} is {variant}, which is not supported; save it as PNG.</source>
        <translation>{file} 是{variant}，不受支持；请另存为 PNG。</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is; close other programs.</source>
        <translation>{file} 所需的内存超出可用内存；请关闭其他程序。</translation>
    </message>
    <message>
        <source>{file} was not saved: {reason}.</source>
        <translation>{file} 未保存：{reason}。</translation>
    </message>
    <message>
        <source>{file}, {place}: {what}.</source>
        <translation>{file}，{place}：{what}。</translation>
    </message>
    <message>
        <source>{file}: label {index} of {field} is {value}; labels must be 0 to 9.</source>
        <translation>{file}：{field} 的标签 {index} 为 {value}；标签必须是 0 到 9。</translation>
    </message>
    <message>
        <source>{file}: row {row} has {count} columns, but row {first} has {columns}; make all rows equally long.</source>
        <translation>{file}：第 {row} 行有 {count} 列，而第 {first} 行有 {columns} 列；请使各行等长。</translation>
    </message>
    <message>
        <source>{file}: {field} has the shape {shape}; it needs images of {side} × {side} pixels.</source>
        <translation>{file}：{field} 的形状为 {shape}；应为 {side} × {side} 像素的图像。</translation>
    </message>
    <message>
        <source>{file}: {field} has the shape {shape}; it needs one label for each image.</source>
        <translation>{file}：{field} 的形状为 {shape}；每张图像需要一个标签。</translation>
    </message>
    <message>
        <source>{file}: {field} has the type {dtype}; it needs whole numbers (uint8).</source>
        <translation>{file}：{field} 的类型为 {dtype}；应为整数（uint8）。</translation>
    </message>
    <message>
        <source>{file}: {images} has {image_count} images, but {labels} has {label_count} labels; the two don't belong together.</source>
        <translation>{file}：{images} 有 {image_count} 张图像，而 {labels} 有 {label_count} 个标签；二者不匹配。</translation>
    </message>
    <message>
        <source>{file}: {notes}.</source>
        <translation>{file}：{notes}。</translation>
    </message>
    <message>
        <source>{fill} padding can add at most {most} {side} to an input of {size}; use less padding, or fill with zeros.</source>
        <translation>输入为 {size} {side}时，{fill}填充最多可添加 {most} {side}；请减少填充，或用零填充。</translation>
    </message>
    <message>
        <source>{first} or {second}</source>
        <translation>{first} 或 {second}</translation>
    </message>
    <message>
        <source>{first}; {second}</source>
        <translation>{first}；{second}</translation>
    </message>
    <message>
        <source>{folder} has no MNIST files in it; choose a folder with an mnist.npz or a train-images-idx3-ubyte.</source>
        <translation>{folder} 中没有 MNIST 文件；请选择含有 mnist.npz 或 train-images-idx3-ubyte 的文件夹。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} has the shape {shape}; a picture has rows, columns and 1 or 3 channels.</source>
        <translation>{name} 的形状为 {shape}；图片应有行、列和 1 或 3 个通道。</translation>
    </message>
    <message>
        <source>{name} has values that are not numbers from 0 to 1.</source>
        <translation>{name} 含有不在 0 到 1 之间的值。</translation>
    </message>
    <message>
        <source>{name} is empty or too large; open it as a file instead.</source>
        <translation>{name} 为空或太大；请改为从文件打开。</translation>
    </message>
    <message>
        <source>{name} is switched off: it hands its input on, {shape}</source>
        <translation>{name} 已关闭：原样传递输入，{shape}</translation>
    </message>
    <message>
        <source>{name} is too large: the limit is {limit} pixels.</source>
        <translation>{name} 太大：上限为 {limit} 像素。</translation>
    </message>
    <message>
        <source>{name}: a layer before it can't be applied</source>
        <translation>{name}：前面有一层无法应用</translation>
    </message>
    <message>
        <source>{name}: {shape}</source>
        <translation>{name}：{shape}</translation>
    </message>
    <message>
        <source>{product} + 1 = {count}</source>
        <translation>{product} + 1 = {count}</translation>
    </message>
    <message>
        <source>{product} + 1 = {count} (shared)</source>
        <translation>{product} + 1 = {count}（共享）</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>{shape} · off</source>
        <translation>{shape} · 关闭</translation>
    </message>
    <message>
        <source>{side} × {side}</source>
        <translation>{side} × {side}</translation>
    </message>
    <message>
        <source>{size} (no padding)</source>
        <translation>{size}（无填充）</translation>
    </message>
    <message>
        <source>{size}, bias b</source>
        <translation>{size}，偏置 b</translation>
    </message>
    <message>
        <source>{size}, handed on unchanged</source>
        <translation>{size}，原样传递</translation>
    </message>
    <message>
        <source>{size}, padded to {padded}</source>
        <translation>{size}，填充为 {padded}</translation>
    </message>
    <message>
        <source>{what}: this colour is {value}</source>
        <translation>{what}：此颜色表示 {value}</translation>
    </message>
    <message>
        <source>“{cell}” is not a number</source>
        <translation>“{cell}”不是数</translation>
    </message>
    <message>
        <source>“{cell}” is not a number: a quote is not closed</source>
        <translation>“{cell}”不是数：引号未闭合</translation>
    </message>
    <message>
        <source>“{cell}” is not a number; separate the cells by commas, not by semicolons or tabs</source>
        <translation>“{cell}”不是数；请用逗号分隔单元格，不要用分号或制表符</translation>
    </message>
    <message>
        <source>“{cell}” is not a number; write numbers only</source>
        <translation>“{cell}”不是数；只能填写数</translation>
    </message>
    <message>
        <source>“{cell}” is not finite; write a finite number</source>
        <translation>“{cell}”不是有限数；请填入有限数</translation>
    </message>
    <message>
        <source>“{typed}” is not a number: nothing was changed.</source>
        <translation>“{typed}”不是数：未作更改。</translation>
    </message>
    <message>
        <source>⌊(n + p − k) / s⌋ + 1, where n is the size of the input, p the padding on both sides together, k what the window spans, s the stride; ⌊ ⌋ rounds down. With a dilation d, k is (kernel − 1) · d + 1.</source>
        <translation>⌊(n + p − k) / s⌋ + 1，其中 n 为输入大小，p 为两侧填充之和，k 为窗口跨度，s 为步幅；⌊ ⌋ 表示向下取整。空洞率为 d 时，k = (卷积核大小 − 1) · d + 1。</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
</TS>
