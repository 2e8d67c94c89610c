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
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>(number {number})</source>
        <translation>（第 {number} 个数）</translation>
    </message>
    <message>
        <source>(rounding)</source>
        <translation>（舍入）</translation>
    </message>
    <message>
        <source>(row {row}, column {column})</source>
        <translation>（第 {row} 行，第 {column} 列）</translation>
    </message>
    <message>
        <source>({count} more channels)</source>
        <translation>（另有 {count} 个通道）</translation>
    </message>
    <message>
        <source>({count} more)</source>
        <translation>（另有 {count} 个）</translation>
    </message>
    <message>
        <source>+{count}</source>
        <translation>+{count}</translation>
    </message>
    <message>
        <source>1 to 512 cells a side; the longer side of an own size</source>
        <translation>每边 1 到 512 个单元格；原始大小时为较长的一边</translation>
    </message>
    <message>
        <source>2014: 13 convolutions of 3×3 in a row, and three dense layers with most of the weights</source>
        <translation>2014 年：连续 13 个 3×3 卷积，加上占了大部分权重的三个全连接层</translation>
    </message>
    <message>
        <source>2014: 16 convolutions of 3×3 in a row, and three dense layers with most of the weights</source>
        <translation>2014 年：连续 16 个 3×3 卷积，加上占了大部分权重的三个全连接层</translation>
    </message>
    <message>
        <source>2015: 50 layers with shortcuts that add what went in to what comes out</source>
        <translation>2015 年：50 层，带捷径连接，将输入加到输出上</translation>
    </message>
    <message>
        <source>2015: windows of several sizes side by side, put together channel by channel</source>
        <translation>2015 年：几种大小的窗口并排，按通道拼接</translation>
    </message>
    <message>
        <source>2016: each layer reads the maps of all layers before it in its block</source>
        <translation>2016 年：每一层都读取同一模块中之前所有层的特征图</translation>
    </message>
    <message>
        <source>2016: separable convolutions in place of usual ones</source>
        <translation>2016 年：用可分离卷积代替普通卷积</translation>
    </message>
    <message>
        <source>2018: small enough for telephones, with depthwise convolutions</source>
        <translation>2018 年：采用深度卷积，小到可在手机上运行</translation>
    </message>
    <message>
        <source>2019: smaller still, its channels weighed by what the whole map shows</source>
        <translation>2019 年：更小，并按整张特征图的内容为各通道加权</translation>
    </message>
    <message>
        <source>2021: depth, width and size of the image grown together</source>
        <translation>2021 年：深度、宽度和图像大小一同增大</translation>
    </message>
    <message>
        <source>2022: convolutions only, arranged as in a transformer</source>
        <translation>2022 年：只用卷积，按 Transformer 的方式排列</translation>
    </message>
    <message>
        <source>70,000 handwritten digits of 28×28 pixels, 10,000 of them to test with: {file}</source>
        <translation>70,000 个 28×28 像素的手写数字，其中 10,000 个用于测试：{file}</translation>
    </message>
    <message>
        <source>8 times the cell minus its 8 neighbours: positive on the high side of an edge, negative on the low side, 0 in a flat area.</source>
        <translation>该单元格的 8 倍减去 8 个相邻单元格之和：边缘高侧为正，低侧为负，平坦区域为 0。</translation>
    </message>
    <message>
        <source>A channel has 1 to {most} kernels.</source>
        <translation>每个通道有 1 到 {most} 个卷积核。</translation>
    </message>
    <message>
        <source>A convolution backwards: makes maps larger, with weights that are trained</source>
        <translation>反向的卷积：用可训练的权重放大特征图</translation>
    </message>
    <message>
        <source>A convolution uses the same weights at every place; a fully connected neuron has a weight of its own for every input cell. Each has one bias besides.</source>
        <translation>卷积在每个位置使用相同的权重；全连接神经元对每个输入单元格都有单独的权重。两者都另有一个偏置。</translation>
    </message>
    <message>
        <source>A folder that TensorFlow has saved a model in (SavedModel)</source>
        <translation>TensorFlow 保存模型的文件夹（SavedModel）</translation>
    </message>
    <message>
        <source>A folder with one subfolder of images for each class</source>
        <translation>每个类别各有一个图像子文件夹的文件夹</translation>
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
        <source>A layer behind the one that you look at</source>
        <translation>在当前查看的层之后添加一层</translation>
    </message>
    <message>
        <source>A layer has 1 to {most} filters.</source>
        <translation>每层有 1 到 {most} 个滤波器。</translation>
    </message>
    <message>
        <source>A mean in which nearer cells count more: flat areas stay as they are, edges become gradual.</source>
        <translation>越近的单元格权重越大的平均值：平坦区域保持不变，边缘变得平缓。</translation>
    </message>
    <message>
        <source>A model that comes with Keras, with random weights</source>
        <translation>Keras 自带的模型，权重随机</translation>
    </message>
    <message>
        <source>A model trained on MNIST expects digits placed as in MNIST.</source>
        <translation>在 MNIST 上训练的模型要求数字的位置与 MNIST 一致。</translation>
    </message>
    <message>
        <source>A network has at most {most} layers; remove one first.</source>
        <translation>网络最多有 {most} 层；请先移除一层。</translation>
    </message>
    <message>
        <source>A network with branches can't be trained here; copy its code, and train it with Keras.</source>
        <translation>带分支的网络无法在此训练；请复制其代码，用 Keras 训练。</translation>
    </message>
    <message>
        <source>A network with branches can't become a Keras model here; copy its code instead.</source>
        <translation>带分支的网络无法在此转换为 Keras 模型；请改为复制其代码。</translation>
    </message>
    <message>
        <source>A new filter with weights by chance, behind this one</source>
        <translation>在此滤波器之后添加一个随机权重的新滤波器</translation>
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
        <source>A picture made for it, by gradient ascent on the pixels.</source>
        <translation>为它生成的图像：对像素做梯度上升。</translation>
    </message>
    <message>
        <source>A variance can't be negative; choose 0 or more.</source>
        <translation>方差不能为负；请取 0 或更大的值。</translation>
    </message>
    <message>
        <source>A window of {kernel} {side} does not fit into an input of {padded}; use a smaller window or more padding.</source>
        <translation>{kernel} {side}的窗口放不进 {padded} {side}的输入；请减小窗口或增加填充。</translation>
    </message>
    <message>
        <source>A zero between the cells of the input, which stand one stride apart</source>
        <translation>输入单元格之间插入的零；输入单元格彼此相隔一个步幅</translation>
    </message>
    <message>
        <source>A {kernel} kernel makes a map of {expected} cells of this image, but the target has {target}.</source>
        <translation>{kernel} 卷积核作用于此图像，得到 {expected} 个单元格的特征图，而目标有 {target} 个。</translation>
    </message>
    <message>
        <source>A {size} convolution over the {map} map would share each of its {filters} kernels among {places} positions: {count} parameters.</source>
        <translation>若在 {map} 的特征图上做 {size} 卷积，{filters} 个卷积核各由 {places} 个位置共享：共 {count} 个参数。</translation>
    </message>
    <message>
        <source>About CNN Explorer</source>
        <translation>关于 CNN Explorer</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>添加滤波器</translation>
    </message>
    <message>
        <source>Add a layer</source>
        <translation>添加层</translation>
    </message>
    <message>
        <source>Add a layer at the end</source>
        <translation>在末尾添加层</translation>
    </message>
    <message>
        <source>Add a layer behind it</source>
        <translation>在其后添加层</translation>
    </message>
    <message>
        <source>Add a layer behind it; remove it</source>
        <translation>在其后添加层；移除该层</translation>
    </message>
    <message>
        <source>Add a layer between {before} and {after}</source>
        <translation>在 {before} 与 {after} 之间添加层</translation>
    </message>
    <message>
        <source>Add what is missing</source>
        <translation>补上所缺的层</translation>
    </message>
    <message>
        <source>Add {layer}</source>
        <translation>添加 {layer}</translation>
    </message>
    <message>
        <source>Added to the variance, so that nothing is divided by 0</source>
        <translation>加到方差上，避免除以 0</translation>
    </message>
    <message>
        <source>Addition</source>
        <translation>相加</translation>
    </message>
    <message>
        <source>Adds cells with 0 around the map</source>
        <translation>在特征图四周添加值为 0 的单元格</translation>
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
        <source>After minus before, in every map</source>
        <translation>每张特征图：之后减去之前</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All channels</source>
        <translation>所有通道</translation>
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
        <source>All maps but the input share a scale: layers can be compared</source>
        <translation>除输入外，所有特征图共用一个色标：层与层可以比较</translation>
    </message>
    <message>
        <source>All maps of the network</source>
        <translation>网络的全部特征图</translation>
    </message>
    <message>
        <source>All weights 0: only the bias is left</source>
        <translation>所有权重为 0，只剩偏置</translation>
    </message>
    <message>
        <source>An .h5 file with weights for this model</source>
        <translation>含有此模型权重的 .h5 文件</translation>
    </message>
    <message>
        <source>And {count} numbers that it keeps, but that no gradient changes.</source>
        <translation>另保存 {count} 个数，它们不随梯度更新。</translation>
    </message>
    <message>
        <source>Animation</source>
        <translation>动画</translation>
    </message>
    <message>
        <source>Another layer is called “{name}”; choose another name.</source>
        <translation>已有名为“{name}”的层；请换一个名称。</translation>
    </message>
    <message>
        <source>Another mask</source>
        <translation>换一个掩码</translation>
    </message>
    <message>
        <source>Another value</source>
        <translation>其他值</translation>
    </message>
    <message>
        <source>Answers with {value}; to noise with {begun}. Step {steps}.</source>
        <translation>响应 {value}；对噪声的响应 {begun}。第 {steps} 步。</translation>
    </message>
    <message>
        <source>Areas to scale, but for the dot: to scale it would be too small to be seen.</source>
        <translation>面积按比例绘制；圆点除外，按比例会小到看不见。</translation>
    </message>
    <message>
        <source>Areas to scale.</source>
        <translation>面积按比例绘制。</translation>
    </message>
    <message>
        <source>Areas to scale: every small square is one parameter.</source>
        <translation>面积按比例绘制：每个小方格代表一个参数。</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>计算过程</translation>
    </message>
    <message>
        <source>Arrow keys choose the weight whose sum is written</source>
        <translation>用方向键选择要写出其和的权重</translation>
    </message>
    <message>
        <source>Arrow keys walk, Enter chooses, plus and minus change the size.</source>
        <translation>方向键移动，回车键选择，加号和减号调整大小。</translation>
    </message>
    <message>
        <source>As 32-bit numbers: parameters {parameters}, all maps of one image {maps}.</source>
        <translation>按 32 位浮点数计：参数占 {parameters}，一张图像的全部特征图占 {maps}。</translation>
    </message>
    <message>
        <source>As a function of TensorFlow's basic operations</source>
        <translation>写成由 TensorFlow 基本运算组成的函数</translation>
    </message>
    <message>
        <source>As a keras.Sequential of layers</source>
        <translation>写成由层组成的 keras.Sequential</translation>
    </message>
    <message>
        <source>At batch {broken} weights were NaN or infinite, so training stopped; the weights of batch {good} are back. Try a smaller learning rate.</source>
        <translation>第 {broken} 个批次时权重出现 NaN 或无穷大，训练已停止，并恢复了第 {good} 个批次的权重。请尝试较小的学习率。</translation>
    </message>
    <message>
        <source>Average of maps</source>
        <translation>特征图平均</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>平均池化</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>回到当前</translation>
    </message>
    <message>
        <source>Back to the network, with this kernel as it is now in its place</source>
        <translation>回到网络，并将现在的卷积核放在原处</translation>
    </message>
    <message>
        <source>Batch normalisation</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Batch {batch}: {what} {value}</source>
        <translation>批次 {batch}：{what} {value}</translation>
    </message>
    <message>
        <source>BatchNormalization and Dropout as they are while a network is trained, or in use</source>
        <translation>按训练时或推理时的方式计算 BatchNormalization 和 Dropout</translation>
    </message>
    <message>
        <source>Batches: {count} · epochs: {epochs}</source>
        <translation>批次：{count} · 轮数：{epochs}</translation>
    </message>
    <message>
        <source>Begin by hand</source>
        <translation>手动开始</translation>
    </message>
    <message>
        <source>Begin by hand: the data are loaded, and every batch waits for you.</source>
        <translation>手动开始：载入数据，每个批次都等待您操作。</translation>
    </message>
    <message>
        <source>Begin the search with a kernel by chance</source>
        <translation>从随机卷积核开始搜索</translation>
    </message>
    <message>
        <source>Begin the search with a kernel of zeros</source>
        <translation>从全零卷积核开始搜索</translation>
    </message>
    <message>
        <source>Besides the image it was given {values}.</source>
        <translation>除图像外还给了它 {values}。</translation>
    </message>
    <message>
        <source>Besides, {kept} numbers are kept but not trained; Keras counts them too: {all} in all.</source>
        <translation>另有 {kept} 个数保存但不训练；Keras 也把它们计入：共 {all} 个。</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
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
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Blur pyramid</source>
        <translation>模糊金字塔</translation>
    </message>
    <message>
        <source>Blur, then slopes to the right, left, bottom and top; ReLU keeps those that rise, and a 1×1 convolution adds them up.</source>
        <translation>先模糊，再求向右、左、下、上的斜率；ReLU 保留其中上升的部分，1×1 卷积将它们相加。</translation>
    </message>
    <message>
        <source>Blurred and halved, again and again: each level sees the image from twice as far away.</source>
        <translation>反复模糊并缩小一半：每一级都相当于从两倍远处看图像。</translation>
    </message>
    <message>
        <source>Blurs from narrow to wide: each keeps flat areas, and less and less of what is small.</source>
        <translation>由窄到宽的模糊：都保持平坦区域不变，细节保留得越来越少。</translation>
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
        <source>Brings every channel to mean 0 and variance 1, then scales and shifts it</source>
        <translation>使每个通道的均值为 0、方差为 1，再缩放和平移</translation>
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
        <source>Building the model…</source>
        <translation>正在构建模型…</translation>
    </message>
    <message>
        <source>Building {file}…</source>
        <translation>正在构建 {file}…</translation>
    </message>
    <message>
        <source>But that gives {local} numbers, one for each position and kernel, where this layer gives {own}.</source>
        <translation>但那样会得到 {local} 个数，每个位置、每个卷积核各一个，而该层只输出 {own} 个。</translation>
    </message>
    <message>
        <source>By how much the score falls while a square covers the place: orange where it falls, blue where it rises.</source>
        <translation>用方块遮挡某处时得分下降多少：下降处为橙色，上升处为蓝色。</translation>
    </message>
    <message>
        <source>By number, by the norm of their weights, or by their mean output on this input</source>
        <translation>按编号、权重的范数或在此输入上的平均输出排列</translation>
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
        <source>Cell</source>
        <translation>单元格</translation>
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
        <source>Change of the kernel</source>
        <translation>卷积核的变化</translation>
    </message>
    <message>
        <source>Change since the start</source>
        <translation>自训练开始以来的变化</translation>
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
        <source>Change the number of filters</source>
        <translation>更改滤波器数</translation>
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
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Channel {channel} adds {value} to row {row}, column {column}</source>
        <translation>通道 {channel} 对第 {row} 行第 {column} 列的贡献为 {value}</translation>
    </message>
    <message>
        <source>Channel {number} of {count}</source>
        <translation>通道 {number}/{count}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Checkerboard</source>
        <translation>棋盘格</translation>
    </message>
    <message>
        <source>Choose a folder that has one subfolder of images for each class.</source>
        <translation>请选择每个类别各有一个图像子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Choose a layer to see what it costs.</source>
        <translation>选择一层，查看它的代价。</translation>
    </message>
    <message>
        <source>Choose below what it learns from.</source>
        <translation>请在下方选择训练数据。</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
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
        <source>Chosen cell</source>
        <translation>所选格</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Class {name}</source>
        <translation>类别 {name}</translation>
    </message>
    <message>
        <source>Class {name}: all pixels add up to {total}; score {score} − {baseline} of an empty image = {rest}.</source>
        <translation>类别 {name}：所有像素合计 {total}；得分 {score} − 空白图像的 {baseline} = {rest}。</translation>
    </message>
    <message>
        <source>Class {name}: score {score}. Covered where it matters most, it falls by {most}.</source>
        <translation>类别 {name}：得分 {score}。遮挡最重要处时，下降 {most}。</translation>
    </message>
    <message>
        <source>Class {name}: score {score}. From the maps of {layer}.</source>
        <translation>类别 {name}：得分 {score}。取自 {layer} 的特征图。</translation>
    </message>
    <message>
        <source>Classic nets</source>
        <translation>经典网络</translation>
    </message>
    <message>
        <source>Classic nets ▾</source>
        <translation>经典网络 ▾</translation>
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
        <source>Click a cell to see its images, and an image to make it the input.</source>
        <translation>单击一格查看其图像，单击图像将其用作输入。</translation>
    </message>
    <message>
        <source>Click a digit, or walk with the arrow keys; plus and minus change the size.</source>
        <translation>单击数字，或用方向键移动；按加号和减号调整大小。</translation>
    </message>
    <message>
        <source>Click a row to look at that layer</source>
        <translation>单击一行，查看该层</translation>
    </message>
    <message>
        <source>Click an output cell</source>
        <translation>单击输出单元格</translation>
    </message>
    <message>
        <source>Click or drag: the network as it was after that batch</source>
        <translation>单击或拖动：查看该批次之后的网络</translation>
    </message>
    <message>
        <source>Click to look at this map, double-click to go nearer, P to pin its receptive field</source>
        <translation>单击查看此特征图，双击放大查看，按 P 固定其感受野</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the comparison</source>
        <translation>关闭对比</translation>
    </message>
    <message>
        <source>Close the comparison (Esc)</source>
        <translation>关闭对比（Esc）</translation>
    </message>
    <message>
        <source>Close this window</source>
        <translation>关闭此窗口</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>Colour or grey</source>
        <translation>彩色或灰度</translation>
    </message>
    <message>
        <source>Colour the pixels that speak for the class; it follows what you draw</source>
        <translation>为支持该类别的像素着色；随绘制而更新</translation>
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
        <source>Colours: each map by itself</source>
        <translation>颜色：每张图单独</translation>
    </message>
    <message>
        <source>Colours: one scale for each layer</source>
        <translation>颜色：每层一个色标</translation>
    </message>
    <message>
        <source>Colours: one scale for the network</source>
        <translation>颜色：全网络一个色标</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare the focused filter's kernel with what it began as</source>
        <translation>将当前滤波器的卷积核与训练开始时对比</translation>
    </message>
    <message>
        <source>Compare two settings</source>
        <translation>对比两种设置</translation>
    </message>
    <message>
        <source>Concatenation</source>
        <translation>拼接</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Confusion matrix…</source>
        <translation>混淆矩阵…</translation>
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
        <source>Copy all rows as text for a spreadsheet</source>
        <translation>将所有行复制为可粘贴到电子表格的文本</translation>
    </message>
    <message>
        <source>Copy as code</source>
        <translation>复制为代码</translation>
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
        <source>Copy table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Copy the code as it is shown</source>
        <translation>复制当前显示的代码</translation>
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
        <source>Counting…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>过程</translation>
    </message>
    <message>
        <source>Cross</source>
        <translation>十字</translation>
    </message>
    <message>
        <source>DATA</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data, settings and course</source>
        <translation>数据、设置和过程</translation>
    </message>
    <message>
        <source>Dead filters</source>
        <translation>失活滤波器</translation>
    </message>
    <message>
        <source>Dead, on all of {images} digits: {some} of {count} filters ({numbers}).</source>
        <translation>在全部 {images} 个数字上失活：{count} 个滤波器中有 {some} 个（{numbers}）。</translation>
    </message>
    <message>
        <source>Dead, weights about 0: {some} of {count} filters ({numbers}).</source>
        <translation>权重约为 0 而失活：{count} 个滤波器中有 {some} 个（{numbers}）。</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Dense reads one row of numbers, but its input is {rows}×{columns} cells; put Flatten or a global pooling before it.</source>
        <translation>Dense 读取的是一行数，而输入是 {rows}×{columns} 个单元格；请在它前面加 Flatten 或全局池化。</translation>
    </message>
    <message>
        <source>Depthwise convolution</source>
        <translation>深度卷积</translation>
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
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>Difference to before</source>
        <translation>与之前的差异</translation>
    </message>
    <message>
        <source>Differences of Gaussians: light and dark spots, from narrow to wide. A flat area gives 0.</source>
        <translation>高斯差分：由小到大的亮斑和暗斑。平坦区域得 0。</translation>
    </message>
    <message>
        <source>Different filters</source>
        <translation>各不相同的滤波器</translation>
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
        <source>Digit {digit}, image {index}: {value} in row {row}, column {column}</source>
        <translation>数字 {digit}，图像 {index}：第 {row} 行，第 {column} 列的值为 {value}</translation>
    </message>
    <message>
        <source>Digits show what a filter answers to, and how much the network needs it.</source>
        <translation>数字可以显示滤波器对什么有响应，以及网络有多需要它。</translation>
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
        <source>Dismiss</source>
        <translation>关闭</translation>
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
        <source>Documents, models, images and data ({patterns})</source>
        <translation>文档、模型、图像和数据 ({patterns})</translation>
    </message>
    <message>
        <source>Don't run it</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Don't save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Double click on a card's name</source>
        <translation>双击卡片的名称</translation>
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
        <source>Download the names of the 1,000 classes (35 kB), for the network on the screen</source>
        <translation>为屏幕上的网络下载 1,000 个类别的名称（35 kB）</translation>
    </message>
    <message>
        <source>Downloading MNIST…</source>
        <translation>正在下载 MNIST…</translation>
    </message>
    <message>
        <source>Downloading {title}… {done} MB</source>
        <translation>正在下载{title}… {done} MB</translation>
    </message>
    <message>
        <source>Downloading {title}… {done} of {total} MB</source>
        <translation>正在下载{title}… {done} / {total} MB</translation>
    </message>
    <message>
        <source>Drag a card of the strip</source>
        <translation>拖动网络条上的卡片</translation>
    </message>
    <message>
        <source>Drag a number or type one: can you find it before the machine does?</source>
        <translation>拖动数值或直接输入：您能比机器先找到吗？</translation>
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
        <source>Draw an image of {size} pixels, as the model takes them</source>
        <translation>绘制 {size} 像素的图像，即模型的输入大小</translation>
    </message>
    <message>
        <source>Draw new weights by chance, and train</source>
        <translation>重新随机初始化权重，再训练</translation>
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
        <source>Draw the map that is wanted: drag a number or type one</source>
        <translation>绘制想要的特征图：拖动数值或直接输入</translation>
    </message>
    <message>
        <source>Draw what it likes best</source>
        <translation>生成最强响应图像</translation>
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
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Dropout draws other cells than those on the screen, at every run others.</source>
        <translation>Dropout 丢弃的单元格与屏幕上的不同，每次运行也各不相同。</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Duplicate the filter</source>
        <translation>复制滤波器</translation>
    </message>
    <message>
        <source>Duplicate the layer</source>
        <translation>复制层</translation>
    </message>
    <message>
        <source>Duplicate {layer}</source>
        <translation>复制 {layer}</translation>
    </message>
    <message>
        <source>EN / 中文</source>
        <translation>EN / 中文</translation>
    </message>
    <message>
        <source>Each map has a scale of its own: faint maps are seen, but can't be compared</source>
        <translation>每张图各有色标：微弱的图也看得清，但不能互相比较</translation>
    </message>
    <message>
        <source>Each step learns from one batch by plain gradient descent, whichever optimizer is chosen.</source>
        <translation>无论选择哪种优化器，每一步都用普通梯度下降从一个批次学习。</translation>
    </message>
    <message>
        <source>Each value times its sigmoid; also called swish</source>
        <translation>每个值乘以其 sigmoid 值；也称 swish</translation>
    </message>
    <message>
        <source>Each value times the share of a normal distribution below it</source>
        <translation>每个值乘以正态分布中小于它的比例</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>Edge detector</source>
        <translation>边缘检测器</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>边缘</translation>
    </message>
    <message>
        <source>Edges in 8 directions: each filter responds where values rise in its direction. A flat area gives 0.</source>
        <translation>8 个方向的边缘：数值沿某方向增大之处，对应的滤波器产生响应。平坦区域得 0。</translation>
    </message>
    <message>
        <source>Edit the numbers</source>
        <translation>编辑数值</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>浮雕</translation>
    </message>
    <message>
        <source>End at once</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>End in {classes} classes</source>
        <translation>以 {classes} 个类别结尾</translation>
    </message>
    <message>
        <source>End now: save what it has learnt, and test it</source>
        <translation>现在结束：保存已学到的权重并测试</translation>
    </message>
    <message>
        <source>End without waiting until it is saved and tested</source>
        <translation>不等保存和测试，直接结束</translation>
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
        <source>Enter keeps the name, Esc leaves it as it was; empty: the usual one</source>
        <translation>回车键确认名称，Esc 保持原样；留空则用默认名称</translation>
    </message>
    <message>
        <source>Epoch {epoch} of {epochs}, batch {batch} of {batches}</source>
        <translation>第 {epoch}/{epochs} 轮，批次 {batch}/{batches}</translation>
    </message>
    <message>
        <source>Epoch {epoch}, batch {batch}: {what} {value}</source>
        <translation>第 {epoch} 轮，批次 {batch}：{what} {value}</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练轮数</translation>
    </message>
    <message>
        <source>Epochs without improvement after which it ends and takes the best weights back; 0 is off</source>
        <translation>连续多少轮没有改进即停止，并恢复最佳权重；0 表示不启用</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
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
        <source>Even random numbers with variance 2 / (inputs + outputs): how Keras begins unless it is told otherwise.</source>
        <translation>均匀分布的随机数，方差为 2 / (输入数 + 输出数)：Keras 默认的初始化方式。</translation>
    </message>
    <message>
        <source>Every channel is filtered by itself, with a kernel of its own</source>
        <translation>每个通道单独滤波，各用自己的卷积核</translation>
    </message>
    <message>
        <source>Every filter slides over all channels and sums what its weights pick out</source>
        <translation>每个滤波器在所有通道上滑动，按权重加权求和</translation>
    </message>
    <message>
        <source>Every output reads every input, with a weight of its own</source>
        <translation>每个输出读取所有输入，每个连接各有权重</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>FILTERS</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>倍数</translation>
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
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Field {size}</source>
        <translation>感受野 {size}</translation>
    </message>
    <message>
        <source>Field {size} · stride {stride}</source>
        <translation>感受野 {size} · 步幅 {stride}</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>填充值</translation>
    </message>
    <message>
        <source>Fill all filters: edges, Gabor, Gaussians, random weights and others</source>
        <translation>填充所有滤波器：边缘、Gabor、高斯、随机权重等</translation>
    </message>
    <message>
        <source>Fill the image with 0, 1 and 2 by chance</source>
        <translation>用 0、1、2 随机填满图像</translation>
    </message>
    <message>
        <source>Fill with</source>
        <translation>填充为</translation>
    </message>
    <message>
        <source>Fill with {bank}</source>
        <translation>填充为 {bank}</translation>
    </message>
    <message>
        <source>Fill with ▾</source>
        <translation>填充为 ▾</translation>
    </message>
    <message>
        <source>Filled, cropped</source>
        <translation>填满，裁剪</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>Filter {number}: weights from {low} to {high}, bias {bias}</source>
        <translation>滤波器 {number}：权重 {low} 到 {high}，偏置 {bias}</translation>
    </message>
    <message>
        <source>Filter {number}: weights from {low} to {high}, bias {bias}; its map from {least} to {most}</source>
        <translation>滤波器 {number}：权重 {low} 到 {high}，偏置 {bias}；特征图 {least} 到 {most}</translation>
    </message>
    <message>
        <source>Filter {number}: {facts}</source>
        <translation>滤波器 {number}：{facts}</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>Find the digits in which this filter answers most</source>
        <translation>找出此滤波器响应最强的数字</translation>
    </message>
    <message>
        <source>Find the filters that answer to none of the digits: no training can change them any more</source>
        <translation>找出对任何数字都没有响应的滤波器：再训练也无法改变它们</translation>
    </message>
    <message>
        <source>Find the kernel</source>
        <translation>求卷积核</translation>
    </message>
    <message>
        <source>Find the kernel…</source>
        <translation>求卷积核…</translation>
    </message>
    <message>
        <source>First every channel by itself, then a 1×1 convolution that mixes them</source>
        <translation>先对每个通道单独卷积，再用 1×1 卷积混合各通道</translation>
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
        <source>Fit the weights</source>
        <translation>适配权重</translation>
    </message>
    <message>
        <source>Fitting the digits to the network's input</source>
        <translation>正在将数字适配到网络的输入</translation>
    </message>
    <message>
        <source>Fitting {name}…</source>
        <translation>正在适配 {name}…</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>展平</translation>
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
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Found: its map is the target.</source>
        <translation>已找到：其特征图与目标一致。</translation>
    </message>
    <message>
        <source>From chance</source>
        <translation>从随机值</translation>
    </message>
    <message>
        <source>From noise, every pixel is changed in the direction that raises the filter's answer, again and again</source>
        <translation>从噪声出发，反复将每个像素朝提高滤波器响应的方向更改</translation>
    </message>
    <message>
        <source>From now on draw what changes in every map, until you dismiss it</source>
        <translation>从现在起显示每张特征图的变化，直到关闭为止</translation>
    </message>
    <message>
        <source>From the cell to the channels, from these to the network; Esc does it too</source>
        <translation>从单元格到通道，再从通道到网络；按 Esc 也可</translation>
    </message>
    <message>
        <source>From zero</source>
        <translation>从零</translation>
    </message>
    <message>
        <source>From {layer}, filter {filter}, channel {channel}</source>
        <translation>来自 {layer}，滤波器 {filter}，通道 {channel}</translation>
    </message>
    <message>
        <source>From {least} to {greatest}, on average {mean}.</source>
        <translation>从 {least} 到 {greatest}，平均 {mean}。</translation>
    </message>
    <message>
        <source>From {low} to {high}: {layer} of the layer, {own} of the filter</source>
        <translation>{low} 到 {high}：该层 {layer} 个，该滤波器 {own} 个</translation>
    </message>
    <message>
        <source>Fully connected: each of {outputs} outputs has a weight of its own for each of {inputs} input numbers.</source>
        <translation>全连接：{outputs} 个输出对 {inputs} 个输入数各有单独的权重。</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Further away</source>
        <translation>缩小查看</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>Gabor</source>
        <translation>Gabor</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Gaussians</source>
        <translation>高斯</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Give the layer of the document the setting on the right</source>
        <translation>将右侧的设置用于文档中的该层</translation>
    </message>
    <message>
        <source>Give the network the weights that you look at</source>
        <translation>将当前查看的权重用于网络</translation>
    </message>
    <message>
        <source>Gives back the input: only the cell in the middle counts.</source>
        <translation>原样输出输入：只有中间的单元格起作用。</translation>
    </message>
    <message>
        <source>Global average pooling</source>
        <translation>全局平均池化</translation>
    </message>
    <message>
        <source>Global max pooling</source>
        <translation>全局最大池化</translation>
    </message>
    <message>
        <source>Go nearer</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on by itself, from the weights as they are</source>
        <translation>从当前权重起自动继续</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Go on where it ended, with the optimizer as it was</source>
        <translation>从结束处继续，沿用优化器的状态</translation>
    </message>
    <message>
        <source>Go to all filters of the layer and their feature maps</source>
        <translation>转到该层的所有滤波器及其特征图</translation>
    </message>
    <message>
        <source>Go to the filters</source>
        <translation>转到滤波器</translation>
    </message>
    <message>
        <source>Go to the input</source>
        <translation>转到输入</translation>
    </message>
    <message>
        <source>Go to the input: where it comes from, and drawing on it</source>
        <translation>转到输入：其来源，以及在其上绘制</translation>
    </message>
    <message>
        <source>Go to the kernel</source>
        <translation>转到卷积核</translation>
    </message>
    <message>
        <source>Go to the kernel that is looked at: its numbers, and others to choose from</source>
        <translation>转到当前查看的卷积核：其数值，以及可选的其他卷积核</translation>
    </message>
    <message>
        <source>Grad-CAM</source>
        <translation>Grad-CAM</translation>
    </message>
    <message>
        <source>Gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰度</translation>
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
        <source>Handbook CNN</source>
        <translation>手册 CNN</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>He initialisation: normal, with a variance of 2 / inputs</source>
        <translation>He 初始化：正态分布，方差为 2 / 输入数</translation>
    </message>
    <message>
        <source>Hidden kernel</source>
        <translation>隐藏的卷积核</translation>
    </message>
    <message>
        <source>Hide another kernel: its map is the target</source>
        <translation>隐藏另一个卷积核：以其特征图为目标</translation>
    </message>
    <message>
        <source>Hide it</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Histogram: {title}</source>
        <translation>直方图：{title}</translation>
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
        <source>How a step is made of the gradient</source>
        <translation>如何由梯度得到每一步更新</translation>
    </message>
    <message>
        <source>How far apart the cells are that the kernel reads</source>
        <translation>卷积核所读单元格之间的间距</translation>
    </message>
    <message>
        <source>How far each step goes along the gradient</source>
        <translation>每步沿梯度方向走多远</translation>
    </message>
    <message>
        <source>How far the next step goes along the gradient</source>
        <translation>下一步沿梯度方向走多远</translation>
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
        <source>How it learns, one step at a time:</source>
        <translation>逐步查看它如何学习：</translation>
    </message>
    <message>
        <source>How it works is not explained here.</source>
        <translation>这里不解释它的工作方式。</translation>
    </message>
    <message>
        <source>How many batches each point of the curves is the mean of</source>
        <translation>曲线上每个点取多少个批次的平均值</translation>
    </message>
    <message>
        <source>How many cells the window moves at each step</source>
        <translation>窗口每步移动的单元格数</translation>
    </message>
    <message>
        <source>How many filters the layer has</source>
        <translation>该层的滤波器数</translation>
    </message>
    <message>
        <source>How many filters the layer has, and so how many channels its output</source>
        <translation>该层的滤波器数，也就是输出的通道数</translation>
    </message>
    <message>
        <source>How many kernels each input channel has (depth_multiplier)</source>
        <translation>每个输入通道的卷积核数（depth_multiplier）</translation>
    </message>
    <message>
        <source>How many of the test images the network tells, as it is now</source>
        <translation>网络在当前状态下能认出多少测试图像</translation>
    </message>
    <message>
        <source>How many outputs the layer has</source>
        <translation>该层的输出数</translation>
    </message>
    <message>
        <source>How many rows and columns are pooled into one cell</source>
        <translation>多少行和列池化为一个单元格</translation>
    </message>
    <message>
        <source>How many rows and columns each cell becomes</source>
        <translation>每个单元格变为多少行和列</translation>
    </message>
    <message>
        <source>How many rows and columns of zeros are added on each side</source>
        <translation>每边添加多少行和列的零</translation>
    </message>
    <message>
        <source>How many rows and columns the kernel has</source>
        <translation>卷积核的行数和列数</translation>
    </message>
    <message>
        <source>How much of the last step is kept for the next, with SGD</source>
        <translation>使用 SGD 时，上一步保留多少给下一步</translation>
    </message>
    <message>
        <source>How much of the moving mean and variance is kept after each batch of the training</source>
        <translation>训练中每个批次之后，移动均值和移动方差保留的比例</translation>
    </message>
    <message>
        <source>How often every image is learnt from</source>
        <translation>每张图像被学习多少遍</translation>
    </message>
    <message>
        <source>How the reasons are looked for</source>
        <translation>寻找依据的方法</translation>
    </message>
    <message>
        <source>How well it does on images that it has never seen</source>
        <translation>它在从未见过的图像上表现如何</translation>
    </message>
    <message>
        <source>INPUT</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>INSPECT</source>
        <translation>剖析</translation>
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
        <source>Image {index} has the value {value} in row {row}, column {column}; every value must be a number.</source>
        <translation>图像 {index} 第 {row} 行第 {column} 列的值为 {value}；每个值都必须是有限数。</translation>
    </message>
    <message>
        <source>Image {index}: {value} in row {row}, column {column} of the map</source>
        <translation>图像 {index}：特征图第 {row} 行，第 {column} 列的值为 {value}</translation>
    </message>
    <message>
        <source>Image {name}</source>
        <translation>图像“{name}”</translation>
    </message>
    <message>
        <source>Image {number}: {true}, recognised with {sure}. Click: make it the input.</source>
        <translation>图像 {number}：{true}，识别正确，置信度 {sure}。单击：用作输入。</translation>
    </message>
    <message>
        <source>Image {number}: {true}, taken for {taken} with {sure}. Click: make it the input.</source>
        <translation>图像 {number}：{true}，误判为 {taken}，置信度 {sure}。单击：用作输入。</translation>
    </message>
    <message>
        <source>ImageNet weights</source>
        <translation>ImageNet 权重</translation>
    </message>
    <message>
        <source>ImageNet weights (download {size} MB)</source>
        <translation>ImageNet 权重（下载 {size} MB）</translation>
    </message>
    <message>
        <source>Images of the batch</source>
        <translation>批次中的图像</translation>
    </message>
    <message>
        <source>Images of your own, one subfolder for each class</source>
        <translation>自己的图像，每个类别一个子文件夹</translation>
    </message>
    <message>
        <source>Images that are mistaken, the surest mistakes first</source>
        <translation>识别错误的图像，置信度最高的在前</translation>
    </message>
    <message>
        <source>Images whose gradients are averaged for one step</source>
        <translation>每一步对多少张图像的梯度取平均</translation>
    </message>
    <message>
        <source>In their own order</source>
        <translation>按原有顺序</translation>
    </message>
    <message>
        <source>In training each step drops other cells by chance; those that are kept make up for them.</source>
        <translation>训练时，每一步随机丢弃不同的单元格；保留的单元格相应放大，作为补偿。</translation>
    </message>
    <message>
        <source>In training the batch's own are used.</source>
        <translation>训练时使用本批次的统计量。</translation>
    </message>
    <message>
        <source>In training, leaves out cells by chance, so that none is relied on</source>
        <translation>训练时随机丢弃单元格，避免依赖其中任何一个</translation>
    </message>
    <message>
        <source>In use nothing is dropped: that is for training.</source>
        <translation>推理时不丢弃：只在训练时丢弃。</translation>
    </message>
    <message>
        <source>In use the moving ones are used.</source>
        <translation>推理时使用移动统计量。</translation>
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
        <source>Inference or training</source>
        <translation>推理或训练</translation>
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
        <source>Input cell (row {row}, column {column})</source>
        <translation>输入单元格（第 {row} 行，第 {column} 列）</translation>
    </message>
    <message>
        <source>Input cell (row {row}, column {column}, channel {channel})</source>
        <translation>输入单元格（第 {row} 行，第 {column} 列，通道 {channel}）</translation>
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
        <source>Input number {number}</source>
        <translation>第 {number} 个输入数</translation>
    </message>
    <message>
        <source>Input number {number} = {value} · one output reads it</source>
        <translation>第 {number} 个输入数 = {value} · 有 1 个输出读取它</translation>
    </message>
    <message>
        <source>Input number {number} = {value} · {count} outputs read it</source>
        <translation>第 {number} 个输入数 = {value} · 有 {count} 个输出读取它</translation>
    </message>
    <message>
        <source>Input {cell} = {value} · no window reads it</source>
        <translation>输入（{cell}）= {value} · 没有窗口读取它</translation>
    </message>
    <message>
        <source>Input {cell} = {value} · one output cell reads it</source>
        <translation>输入（{cell}）= {value} · 有 1 个输出单元格读取它</translation>
    </message>
    <message>
        <source>Input {cell} = {value} · {count} output cells read it</source>
        <translation>输入（{cell}）= {value} · 有 {count} 个输出单元格读取它</translation>
    </message>
    <message>
        <source>Input: {name}</source>
        <translation>输入：{name}</translation>
    </message>
    <message>
        <source>Input: {rows} × {columns}, 3 channels: red, green, blue</source>
        <translation>输入：{rows} × {columns}，3 个通道：红、绿、蓝</translation>
    </message>
    <message>
        <source>Input: {rows} × {columns}, one channel</source>
        <translation>输入：{rows} × {columns}，单通道</translation>
    </message>
    <message>
        <source>Insert, Delete on a card</source>
        <translation>在卡片上按 Insert、Delete</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>剖析</translation>
    </message>
    <message>
        <source>Instead:</source>
        <translation>改为：</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>积分梯度</translation>
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
        <source>It comes with the program and tells 98.6 % of MNIST's test digits: look at what it has learnt</source>
        <translation>随程序附带，能认出 98.6 % 的 MNIST 测试数字：看看它学到了什么</translation>
    </message>
    <message>
        <source>It does not take an image of at most {side}×{side} cells in 1 or 3 channels, nor the pixels of a square one in a row.</source>
        <translation>它不接收至多 {side}×{side} 个单元、1 或 3 个通道的图像，也不接收排成一行的正方形图像的像素。</translation>
    </message>
    <message>
        <source>It does not take numbers that could be pixels.</source>
        <translation>它的输入不是可作为像素的数。</translation>
    </message>
    <message>
        <source>It has happened {count} times.</source>
        <translation>已发生 {count} 次。</translation>
    </message>
    <message>
        <source>It has no weights to multiply with: multiply-adds 0.</source>
        <translation>没有用来相乘的权重：乘加次数为 0。</translation>
    </message>
    <message>
        <source>It has {count} parameters; how many multiply-adds it takes is not known.</source>
        <translation>它有 {count} 个参数；它需要多少乘加次数不得而知。</translation>
    </message>
    <message>
        <source>It takes a row of numbers: the image's pixels, row by row.</source>
        <translation>它接收一行数：图像的像素，逐行排列。</translation>
    </message>
    <message>
        <source>It takes {count} images at once, which are too many or none.</source>
        <translation>它一次接收 {count} 幅图像，太多或没有。</translation>
    </message>
    <message>
        <source>It takes {count} images at once: it was given this one {count} times, and what it gave for the first is shown.</source>
        <translation>它一次接收 {count} 幅图像：这幅图像给了它 {count} 次，显示的是第一幅的结果。</translation>
    </message>
    <message>
        <source>It takes {input} besides the image, and nobody here knows what that should be.</source>
        <translation>除图像外它还接收 {input}，这里无从得知那应该是什么。</translation>
    </message>
    <message>
        <source>It tells only {told} of the 9 weights: several kernels give the same map.</source>
        <translation>只能确定 9 个权重中的 {told} 个：多个卷积核得到相同的特征图。</translation>
    </message>
    <message>
        <source>It was run once on the image, made {rows}×{columns}×{channels} with values from 0 to {high}; what it expects is not known. It is a program: it can't be stepped through.</source>
        <translation>已对图像运行一次，图像为 {rows}×{columns}×{channels}，取值为 0 到 {high}；它期望怎样的取值无从得知。它是一个程序，无法逐步查看。</translation>
    </message>
    <message>
        <source>Its input has no rows and columns, so there is nothing that a convolution could share.</source>
        <translation>它的输入没有行和列，卷积也就没有可以共享的东西。</translation>
    </message>
    <message>
        <source>Its map</source>
        <translation>其特征图</translation>
    </message>
    <message>
        <source>Its signature {name} takes {inputs} and gives {outputs}.</source>
        <translation>其签名 {name} 接收 {inputs}，给出 {outputs}。</translation>
    </message>
    <message>
        <source>Its weights are shown, but not edited: an edit copies them, and they are more than {most} million.</source>
        <translation>它的权重只显示、不编辑：每次编辑都要复制它们，而它们超过 {most} 百万个。</translation>
    </message>
    <message>
        <source>KERNEL</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Keep marked what the cell under the pointer, or the chosen one, depends on in every map before it</source>
        <translation>持续标出指针下的（或选中的）单元格在之前每张特征图中所依赖的区域</translation>
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
        <source>Keep the weights that fit the input, and draw new ones for the rest</source>
        <translation>保留与输入相符的权重，其余重新随机初始化</translation>
    </message>
    <message>
        <source>Keeps the largest value of each window: smaller maps</source>
        <translation>保留每个窗口的最大值：特征图变小</translation>
    </message>
    <message>
        <source>Keeps the mean of each window: smaller maps</source>
        <translation>保留每个窗口的平均值：特征图变小</translation>
    </message>
    <message>
        <source>Keras</source>
        <translation>Keras</translation>
    </message>
    <message>
        <source>Keras can't build it: {reason}</source>
        <translation>Keras 无法构建它：{reason}</translation>
    </message>
    <message>
        <source>Keras computes {label}</source>
        <translation>由 Keras 计算 {label}</translation>
    </message>
    <message>
        <source>Keras has no layer for {label}, so it can't be trained: {reason}.</source>
        <translation>Keras 没有与 {label} 对应的层，因此无法训练：{reason}。</translation>
    </message>
    <message>
        <source>Keras has no layer for {label}: {reason}.</source>
        <translation>Keras 没有与 {label} 对应的层：{reason}。</translation>
    </message>
    <message>
        <source>Keras layers</source>
        <translation>Keras 层</translation>
    </message>
    <message>
        <source>Keras makes a map of {size} of it.</source>
        <translation>Keras 由它得到 {size} 的特征图。</translation>
    </message>
    <message>
        <source>Keras models ({patterns})</source>
        <translation>Keras 模型 ({patterns})</translation>
    </message>
    <message>
        <source>Keras's own layer</source>
        <translation>Keras 自带的层</translation>
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
        <source>Kernels</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Kernels a channel</source>
        <translation>每通道卷积核数</translation>
    </message>
    <message>
        <source>Kernels are written filter by filter; transpose puts the axes in TensorFlow's order.</source>
        <translation>卷积核按滤波器逐个写出；transpose 将各轴排成 TensorFlow 的顺序。</translation>
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
        <source>Label {index} is {value}; with {classes} classes, labels must be 0 to {last}.</source>
        <translation>标签 {index} 为 {value}；有 {classes} 个类别时，标签必须是 0 到 {last}。</translation>
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
        <source>Largest weights first</source>
        <translation>权重最大者在前</translation>
    </message>
    <message>
        <source>Last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>Lay the colours over the input on the stage, too</source>
        <translation>在主视图的输入上也叠加颜色</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Layer on</source>
        <translation>启用该层</translation>
    </message>
    <message>
        <source>Layer {layer} needs {needs}, and the file has {has} for it.</source>
        <translation>层 {layer} 需要 {needs}，而文件中对应的是 {has}。</translation>
    </message>
    <message>
        <source>Layer {number}, {label}, alone</source>
        <translation>仅第 {number} 层 {label}</translation>
    </message>
    <message>
        <source>Layer {number}, {layer}: {reason}</source>
        <translation>第 {number} 层 {layer}：{reason}</translation>
    </message>
    <message>
        <source>Layer {number}: {layer}</source>
        <translation>第 {number} 层：{layer}</translation>
    </message>
    <message>
        <source>Layer {number}: {layer}, filter {filter}, channel {channel}</source>
        <translation>第 {number} 层：{layer}，滤波器 {filter}，通道 {channel}</translation>
    </message>
    <message>
        <source>Layer: {facts}</source>
        <translation>层：{facts}</translation>
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
        <source>LeNet-5</source>
        <translation>LeNet-5</translation>
    </message>
    <message>
        <source>Learn from the next batch</source>
        <translation>从下一个批次学习</translation>
    </message>
    <message>
        <source>Learn one kernel from one picture, by itself or by hand</source>
        <translation>由一张图像学习一个卷积核，自动或手动</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Learnt from 1.3 million photographs; kept on this computer afterwards</source>
        <translation>从 130 万张照片中学得；下载后保存在这台电脑上</translation>
    </message>
    <message>
        <source>Learnt from 1.3 million photographs; they are on this computer</source>
        <translation>从 130 万张照片中学得；已在这台电脑上</translation>
    </message>
    <message>
        <source>Leave Present mode</source>
        <translation>退出演示模式</translation>
    </message>
    <message>
        <source>Leave other cells out</source>
        <translation>改为丢弃其他单元格</translation>
    </message>
    <message>
        <source>Left and right move between the cards, Enter shows one. Insert adds a layer behind it, Delete removes it, Ctrl+D doubles it, Alt with left and right moves it, F2 renames it, O switches it off and on.</source>
        <translation>左右方向键在卡片间移动，回车键查看。Insert 在其后添加层，Delete 移除，Ctrl+D 复制，Alt 加左右方向键移动，F2 重命名，O 关闭或启用。</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Let go here, and {name} stays where it was</source>
        <translation>在此松开，{name} 将留在原处</translation>
    </message>
    <message>
        <source>Let the network learn from images, and watch it</source>
        <translation>让网络从图像中学习，并观察其过程</translation>
    </message>
    <message>
        <source>Let the receptive field go</source>
        <translation>取消固定感受野</translation>
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
        <source>Like no textbook kernel: {percent} % {kernel}. Of random kernels 1 in 20 comes as near as {chance} %.</source>
        <translation>不像任何教科书卷积核：与“{kernel}”相似 {percent} %。随机卷积核中，每 20 个就有 1 个能达到 {chance} %。</translation>
    </message>
    <message>
        <source>Load the data, and wait before the first batch</source>
        <translation>载入数据，在第一个批次之前等待</translation>
    </message>
    <message>
        <source>Load weights {file}</source>
        <translation>载入权重 {file}</translation>
    </message>
    <message>
        <source>Local: each output looks only at its window, at most {read} of the {inputs} input numbers.</source>
        <translation>局部：每个输出只看自己的窗口，最多读取 {inputs} 个输入数中的 {read} 个。</translation>
    </message>
    <message>
        <source>Local: each output looks only at its window, {window} = {read} of the {inputs} input numbers.</source>
        <translation>局部：每个输出只看自己的窗口，即 {inputs} 个输入数中的 {window} = {read} 个。</translation>
    </message>
    <message>
        <source>Look at {count} digits</source>
        <translation>查看 {count} 个数字</translation>
    </message>
    <message>
        <source>Look back</source>
        <translation>回看</translation>
    </message>
    <message>
        <source>Look through {count} digits</source>
        <translation>查看 {count} 个数字</translation>
    </message>
    <message>
        <source>Looking at {file}…</source>
        <translation>正在检查 {file}…</translation>
    </message>
    <message>
        <source>Looking into {folder}…</source>
        <translation>正在查看 {folder}…</translation>
    </message>
    <message>
        <source>Looking locally saves multiplications too: {own} in place of {connected}.</source>
        <translation>只看局部也节省乘法：{own} 次，而不是 {connected} 次。</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Loss and accuracy while it learns, and what it was like before</source>
        <translation>学习过程中的损失和准确率，以及之前的状态</translation>
    </message>
    <message>
        <source>Loss {loss}</source>
        <translation>损失 {loss}</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
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
        <source>Made grey for the model, values from 0 to 1.</source>
        <translation>已为模型转为灰度，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>Make this image the input again</source>
        <translation>再次将此图像用作输入</translation>
    </message>
    <message>
        <source>Make this picture the network's input</source>
        <translation>将此图像用作网络的输入</translation>
    </message>
    <message>
        <source>Makes maps larger: every cell becomes several</source>
        <translation>放大特征图：每个单元格变为多个</translation>
    </message>
    <message>
        <source>Makes shares of all channels: each between 0 and 1, together 1</source>
        <translation>将所有通道变为份额：各在 0 与 1 之间，总和为 1</translation>
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
        <source>Maximum of maps</source>
        <translation>特征图取最大</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>Memory (bytes)</source>
        <translation>内存（字节）</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Mistaken most</source>
        <translation>最常见的误判</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Most missed by class {name}: {before} % → {after} %.</source>
        <translation>影响最大的是类别 {name}：{before} % → {after} %。</translation>
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
        <source>Move its layer; Esc or letting go elsewhere leaves it</source>
        <translation>移动该层；按 Esc 或在别处松开则不移动</translation>
    </message>
    <message>
        <source>Move the filter</source>
        <translation>移动滤波器</translation>
    </message>
    <message>
        <source>Move the filter one place to the left (Alt+←)</source>
        <translation>将滤波器左移一位（Alt+←）</translation>
    </message>
    <message>
        <source>Move the filter one place to the right (Alt+→)</source>
        <translation>将滤波器右移一位（Alt+→）</translation>
    </message>
    <message>
        <source>Move the image by one pixel; what comes in is 0</source>
        <translation>将图像移动一个像素，移入处为 0</translation>
    </message>
    <message>
        <source>Move the layer to the left</source>
        <translation>左移层</translation>
    </message>
    <message>
        <source>Move the layer to the right</source>
        <translation>右移层</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Move {layer}</source>
        <translation>移动 {layer}</translation>
    </message>
    <message>
        <source>Moving mean</source>
        <translation>移动均值</translation>
    </message>
    <message>
        <source>Moving variance</source>
        <translation>移动方差</translation>
    </message>
    <message>
        <source>Multiplication</source>
        <translation>相乘</translation>
    </message>
    <message>
        <source>Multiplications</source>
        <translation>乘法次数</translation>
    </message>
    <message>
        <source>Multiplications, each with its addition, for one image</source>
        <translation>一张图像所需的乘法次数，每次乘法带一次加法</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Multiply-adds: {count}.</source>
        <translation>乘加次数：{count}。</translation>
    </message>
    <message>
        <source>Name ImageNet's classes</source>
        <translation>为 ImageNet 的类别命名</translation>
    </message>
    <message>
        <source>Name of the layer</source>
        <translation>层的名称</translation>
    </message>
    <message>
        <source>Name the classes</source>
        <translation>为类别命名</translation>
    </message>
    <message>
        <source>Named kernels</source>
        <translation>命名卷积核</translation>
    </message>
    <message>
        <source>Nearest textbook kernel</source>
        <translation>最接近的教科书卷积核</translation>
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
        <source>Negative values become 0, and values above 6 become 6</source>
        <translation>负值变为 0，大于 6 的值变为 6</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Network table</source>
        <translation>网络一览表</translation>
    </message>
    <message>
        <source>Network table…</source>
        <translation>网络一览表…</translation>
    </message>
    <message>
        <source>Network {name}</source>
        <translation>网络“{name}”</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New target</source>
        <translation>新目标</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Next channel</source>
        <translation>下一个通道</translation>
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
        <source>No ReLU follows, so no filter is silenced.</source>
        <translation>其后没有 ReLU，因此没有滤波器被抑制。</translation>
    </message>
    <message>
        <source>No class is recognised less often.</source>
        <translation>没有类别的识别率下降。</translation>
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
        <source>No filter is dead: each answers to some of {images} digits.</source>
        <translation>没有失活滤波器：每个都对 {images} 个数字中的一些有响应。</translation>
    </message>
    <message>
        <source>No filter is silent on this input.</source>
        <translation>在此输入上，没有无响应的滤波器。</translation>
    </message>
    <message>
        <source>No layer has weights, so there is nothing to learn; add a convolution or Dense.</source>
        <translation>没有任何层含有权重，因此无可学习；请添加卷积层或 Dense。</translation>
    </message>
    <message>
        <source>No longer mark the receptive field (P)</source>
        <translation>不再标出感受野（P）</translation>
    </message>
    <message>
        <source>No mistakes</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>No padding: the window stays inside the input</source>
        <translation>不填充：窗口始终在输入之内</translation>
    </message>
    <message>
        <source>No result yet: train the network to its end, or stop it.</source>
        <translation>尚无结果：请训练到结束，或停止训练。</translation>
    </message>
    <message>
        <source>No step yet.</source>
        <translation>尚未执行步骤。</translation>
    </message>
    <message>
        <source>No step yet. Forward learns from one batch, and shows how each weight changes.</source>
        <translation>还没有走步。“前进”用一个批次学习，并显示每个权重如何变化。</translation>
    </message>
    <message>
        <source>No such digits</source>
        <translation>没有这样的数字</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Normal random numbers with variance 2 / inputs: how networks with ReLU begin before they are trained.</source>
        <translation>正态分布的随机数，方差为 2 / 输入数：使用 ReLU 的网络训练前的初始化方式。</translation>
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
        <source>Not started yet</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>Nothing comes in at this layer: this is the network before it.</source>
        <translation>没有数据传到这一层：以下是它之前的网络。</translation>
    </message>
    <message>
        <source>Nothing has been learnt yet</source>
        <translation>尚未学到任何东西</translation>
    </message>
    <message>
        <source>Now: inference, as the network is used. BatchNormalization takes its moving mean and variance, Dropout hands everything on. Keras does this in predict(), and in a call without training=True.</source>
        <translation>当前：推理，即网络的使用状态。BatchNormalization 采用移动均值和移动方差，Dropout 原样传递。Keras 在 predict() 中以及调用时未给 training=True 时如此计算。</translation>
    </message>
    <message>
        <source>Now: training, as fit() computes. BatchNormalization takes mean and variance of what it is given, Dropout leaves cells out. In Keras: model(x, training=True). Left on in use, results change from run to run.</source>
        <translation>当前：训练，即 fit() 的计算方式。BatchNormalization 采用所给数据的均值和方差，Dropout 丢弃单元格。在 Keras 中：model(x, training=True)。若推理时也保持训练状态，每次运行结果都会不同。</translation>
    </message>
    <message>
        <source>Now: {setting}</source>
        <translation>当前：{setting}</translation>
    </message>
    <message>
        <source>Number of filters</source>
        <translation>滤波器数</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡法</translation>
    </message>
    <message>
        <source>Of the output for one image: four bytes for each number</source>
        <translation>一张图像的输出所占内存：每个数四字节</translation>
    </message>
    <message>
        <source>On</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>One cell, step by step</source>
        <translation>单个单元格，逐步查看</translation>
    </message>
    <message>
        <source>One cell: its window, step by step</source>
        <translation>单个单元格：逐步查看其窗口</translation>
    </message>
    <message>
        <source>One kernel in all filters</source>
        <translation>所有滤波器使用同一卷积核</translation>
    </message>
    <message>
        <source>One number for each channel: its largest value</source>
        <translation>每个通道一个数：其最大值</translation>
    </message>
    <message>
        <source>One number for each channel: its mean over the whole map</source>
        <translation>每个通道一个数：整张特征图的平均值</translation>
    </message>
    <message>
        <source>One scale for</source>
        <translation>共用色标</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>一步</translation>
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
        <source>One step of learning</source>
        <translation>一步学习</translation>
    </message>
    <message>
        <source>One step of learning…</source>
        <translation>一步学习…</translation>
    </message>
    <message>
        <source>Only 3×3 kernels are compared.</source>
        <translation>只比较 3×3 卷积核。</translation>
    </message>
    <message>
        <source>Only Keras can compute this layer: its maps, and those behind it, come when TensorFlow is there.</source>
        <translation>只有 Keras 能计算这一层：TensorFlow 就绪后才有它和后面各层的特征图。</translation>
    </message>
    <message>
        <source>Only in training are cells left out: switch to training beside the layers</source>
        <translation>只有训练时才丢弃单元格：请在各层旁切换到训练</translation>
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
        <source>Open a known model</source>
        <translation>打开知名模型</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>Open a model folder…</source>
        <translation>打开模型文件夹…</translation>
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
        <source>Open the model with random weights or with a file of weights that you have, or try again later.</source>
        <translation>请用随机权重或您已有的权重文件打开模型，或稍后再试。</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Opening {file} was stopped.</source>
        <translation>已停止打开 {file}。</translation>
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
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Or download it once (11 MB): it is kept on this computer.</source>
        <translation>也可下载一次（11 MB），数据会保存在本机。</translation>
    </message>
    <message>
        <source>Order of the filters</source>
        <translation>滤波器的顺序</translation>
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
        <source>Output cell (row {row}, column {column})</source>
        <translation>输出单元格（第 {row} 行，第 {column} 列）</translation>
    </message>
    <message>
        <source>Output cell (row {row}, column {column}) of filter {filter}</source>
        <translation>滤波器 {filter} 的输出单元格（第 {row} 行，第 {column} 列）</translation>
    </message>
    <message>
        <source>Output on this input, after {layer}</source>
        <translation>此输入上 {layer} 之后的输出</translation>
    </message>
    <message>
        <source>Output size</source>
        <translation>输出大小</translation>
    </message>
    <message>
        <source>Output {cell} = {value}</source>
        <translation>输出（{cell}）= {value}</translation>
    </message>
    <message>
        <source>Output {cell} = {value} · reads rows {rows}, columns {columns}</source>
        <translation>输出（{cell}）= {value} · 读取第 {rows} 行，第 {columns} 列</translation>
    </message>
    <message>
        <source>Output {name}</source>
        <translation>输出（{name}）</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Over the input everywhere</source>
        <translation>叠加到各处的输入上</translation>
    </message>
    <message>
        <source>Overview of the network</source>
        <translation>网络总览</translation>
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
        <source>Padding, outside the input</source>
        <translation>填充，在输入之外</translation>
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
        <source>Pale: as it is. Green: with the filter switched off.</source>
        <translation>浅色：原样。绿色：关闭该滤波器。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Parameters of one output neuron</source>
        <translation>单个输出神经元的参数</translation>
    </message>
    <message>
        <source>Parameters of the whole layer</source>
        <translation>整层的参数</translation>
    </message>
    <message>
        <source>Parameters: {count}</source>
        <translation>参数：{count}</translation>
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
        <source>Patches that excite the filter</source>
        <translation>激发该滤波器的图像块</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Pause the training to go on step by step.</source>
        <translation>暂停训练，以便逐步继续。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
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
        <source>Pin the receptive field</source>
        <translation>固定感受野</translation>
    </message>
    <message>
        <source>Pixel row {row}, column {column} = {value}</source>
        <translation>像素（第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>Pixel row {row}, column {column}, {plane} = {value}</source>
        <translation>像素（第 {row} 行，第 {column} 列，{plane}）= {value}</translation>
    </message>
    <message>
        <source>Pixels from 0 to 1, less the mean of ImageNet and divided by its deviation, colour by colour</source>
        <translation>像素值 0 到 1，各颜色通道分别减去 ImageNet 的均值，再除以其标准差</translation>
    </message>
    <message>
        <source>Pixels from 0 to 255 in the order blue, green, red, less the mean of ImageNet, colour by colour</source>
        <translation>像素值 0 到 255，按蓝、绿、红的顺序，各颜色通道分别减去 ImageNet 的均值</translation>
    </message>
    <message>
        <source>Pixels from 0 to 255, as they are: the first layers of the model scale them</source>
        <translation>像素值 0 到 255，不作处理：由模型的前几层缩放</translation>
    </message>
    <message>
        <source>Pixels from −1 to 1</source>
        <translation>像素值 −1 到 1</translation>
    </message>
    <message>
        <source>Plane that is shown and painted on</source>
        <translation>显示并绘制的颜色通道</translation>
    </message>
    <message>
        <source>Planes</source>
        <translation>颜色通道</translation>
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
        <source>Point at a weight to see its sum.</source>
        <translation>指向一个权重，查看它的和。</translation>
    </message>
    <message>
        <source>Point at an input cell</source>
        <translation>指向输入单元格</translation>
    </message>
    <message>
        <source>Point to a local mnist.npz instead, or try again later.</source>
        <translation>请改为指定本地的 mnist.npz，或稍后再试。</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Preparing the first batch…</source>
        <translation>正在准备第一个批次…</translation>
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
        <source>Previous channel</source>
        <translation>上一个通道</translation>
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
        <source>Put into three equal channels for the model, values from 0 to 1.</source>
        <translation>已为模型变为三个相同的通道，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>Put it back into its layer</source>
        <translation>放回原来的层</translation>
    </message>
    <message>
        <source>Put the channels that add most to this cell at the top</source>
        <translation>将对此单元格贡献最大的通道排在最上面</translation>
    </message>
    <message>
        <source>Put the kernel back into its layer</source>
        <translation>将卷积核放回原来的层</translation>
    </message>
    <message>
        <source>Puts all cells of all channels into one list, for a Dense layer</source>
        <translation>将所有通道的所有单元格排成一列，供 Dense 层使用</translation>
    </message>
    <message>
        <source>Python code ({patterns})</source>
        <translation>Python 代码 ({patterns})</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Radius of the brush in pixels of an image of 28×28; on larger ones it grows with them</source>
        <translation>画笔半径，以 28×28 图像的像素计；在更大的图像上按比例增大</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Random (Glorot)</source>
        <translation>随机 (Glorot)</translation>
    </message>
    <message>
        <source>Random (He)</source>
        <translation>随机 (He)</translation>
    </message>
    <message>
        <source>Random digit</source>
        <translation>随机数字</translation>
    </message>
    <message>
        <source>Random draw</source>
        <translation>随机抽取</translation>
    </message>
    <message>
        <source>Random image</source>
        <translation>随机图像</translation>
    </message>
    <message>
        <source>Random input: its {count} numbers are too many to copy; saved as .py they are kept.</source>
        <translation>输入为随机数：共 {count} 个数，太多而无法复制；另存为 .py 时会保留。</translation>
    </message>
    <message>
        <source>Random kernel</source>
        <translation>随机卷积核</translation>
    </message>
    <message>
        <source>Random numbers in place of the image</source>
        <translation>用随机数代替图像</translation>
    </message>
    <message>
        <source>Random numbers in place of the input</source>
        <translation>用随机数代替输入</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>随机权重</translation>
    </message>
    <message>
        <source>Random weights: the {count} on the screen are too many to copy; saved as .py they are kept.</source>
        <translation>权重为随机数：屏幕上的 {count} 个权重太多而无法复制；另存为 .py 时会保留。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>ReLU6</source>
        <translation>ReLU6</translation>
    </message>
    <message>
        <source>Reach of a pixel</source>
        <translation>像素的影响范围</translation>
    </message>
    <message>
        <source>Reading MNIST…</source>
        <translation>正在读取 MNIST…</translation>
    </message>
    <message>
        <source>Reading the digits</source>
        <translation>正在读取数字</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>Receptive field: {size}</source>
        <translation>感受野：{size}</translation>
    </message>
    <message>
        <source>Recognised: {before} % → {after} % of {count} digits</source>
        <translation>识别正确：{count} 个数字中 {before} % → {after} %</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Red, green and blue are three channels of the input: a filter has a kernel for each</source>
        <translation>红、绿、蓝是输入的三个通道：滤波器对每个通道各有一个卷积核</translation>
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
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the filter</source>
        <translation>移除滤波器</translation>
    </message>
    <message>
        <source>Remove the layer</source>
        <translation>移除层</translation>
    </message>
    <message>
        <source>Remove {layer}</source>
        <translation>移除 {layer}</translation>
    </message>
    <message>
        <source>Rename the layer</source>
        <translation>重命名层</translation>
    </message>
    <message>
        <source>Rename {layer}</source>
        <translation>重命名 {layer}</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Replace the network by a well-known one, with random weights</source>
        <translation>换成一个经典网络，权重随机</translation>
    </message>
    <message>
        <source>Resized to {rows}×{columns} and made grey for the model, values from 0 to 1.</source>
        <translation>已按模型要求缩放为 {rows}×{columns} 并转为灰度，数值 0 到 1。</translation>
    </message>
    <message>
        <source>Resized to {rows}×{columns} for the model, values from 0 to 1.</source>
        <translation>已按模型要求缩放为 {rows}×{columns}，数值 0 到 1。</translation>
    </message>
    <message>
        <source>Resized to {rows}×{columns} in three equal channels for the model, values from 0 to 1.</source>
        <translation>已按模型要求缩放为 {rows}×{columns}，三个通道相同，数值 0 到 1。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
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
        <source>Row {row}, column {column}: {value}</source>
        <translation>第 {row} 行，第 {column} 列：{value}</translation>
    </message>
    <message>
        <source>Rows and columns are gone: numbers in a row, {count} of them.</source>
        <translation>行和列不复存在：{count} 个数排成一行。</translation>
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
        <source>Rows, columns and channels of the output</source>
        <translation>输出的行数、列数和通道数</translation>
    </message>
    <message>
        <source>Rows, columns and channels of what the network sees</source>
        <translation>网络所见图像的行数、列数和通道数</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Running {file}…</source>
        <translation>正在运行 {file}…</translation>
    </message>
    <message>
        <source>SETTINGS</source>
        <translation>设置</translation>
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
        <source>Save as .keras, with the course of the training</source>
        <translation>另存为 .keras，含训练过程</translation>
    </message>
    <message>
        <source>Save as .py</source>
        <translation>另存为 .py</translation>
    </message>
    <message>
        <source>Save as .py…</source>
        <translation>另存为 .py…</translation>
    </message>
    <message>
        <source>Save as code…</source>
        <translation>另存为代码…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Save model</source>
        <translation>保存模型</translation>
    </message>
    <message>
        <source>Save model…</source>
        <translation>保存模型…</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>要保存对“{name}”的更改吗？</translation>
    </message>
    <message>
        <source>Saved as {file}, its numbers beside it as {archive}.</source>
        <translation>已保存为 {file}，其数值保存在旁边的 {archive} 中。</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>已保存为 {file}。</translation>
    </message>
    <message>
        <source>Saving {file}… {percent} %</source>
        <translation>正在保存 {file}…… {percent} %</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
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
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Separable convolution</source>
        <translation>可分离卷积</translation>
    </message>
    <message>
        <source>Set every pixel to 0</source>
        <translation>将所有像素设为 0</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings of the layer</source>
        <translation>层的设置</translation>
    </message>
    <message>
        <source>Seven</source>
        <translation>数字 7</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Shapes, parameters, multiply-adds and memory of every layer</source>
        <translation>各层的形状、参数、乘加次数和内存</translation>
    </message>
    <message>
        <source>Shared: all {places} outputs use the same kernel, so {own} parameters do what would take {connected}.</source>
        <translation>共享：全部 {places} 个输出使用同一个卷积核，{own} 个参数就完成了原本需要 {connected} 个参数的工作。</translation>
    </message>
    <message>
        <source>Shared: each of {filters} kernels is used at all {places} positions, so {own} parameters do what would take {connected}.</source>
        <translation>共享：{filters} 个卷积核各用于全部 {places} 个位置，{own} 个参数就完成了原本需要 {connected} 个参数的工作。</translation>
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
        <source>Show differences</source>
        <translation>显示差异</translation>
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
        <source>Show the image in its colours, and paint on all three planes</source>
        <translation>以原有颜色显示图像，并在三个颜色通道上绘制</translation>
    </message>
    <message>
        <source>Show the kernel behind the target</source>
        <translation>显示目标背后的卷积核</translation>
    </message>
    <message>
        <source>Show the maps' values again (D)</source>
        <translation>恢复显示特征图的值（D）</translation>
    </message>
    <message>
        <source>Show the network as it is</source>
        <translation>显示当前的网络</translation>
    </message>
    <message>
        <source>Show the whole feature map at once, or let it grow step by step</source>
        <translation>一次显示整张特征图，或逐步生成</translation>
    </message>
    <message>
        <source>Show the {plane} plane alone, and paint on it</source>
        <translation>只显示 {plane} 通道，并在其上绘制</translation>
    </message>
    <message>
        <source>Show why</source>
        <translation>显示依据</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>Side of the input</source>
        <translation>输入的边长</translation>
    </message>
    <message>
        <source>Silent on this input, nowhere above 0 after ReLU: {some} of {count} filters ({numbers}).</source>
        <translation>在此输入上无响应（ReLU 之后处处不大于 0）：{count} 个滤波器中有 {some} 个（{numbers}）。</translation>
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
        <source>Small 3×3 network</source>
        <translation>小型 3×3 网络</translation>
    </message>
    <message>
        <source>Small 3×3 network, trained</source>
        <translation>小型 3×3 网络（已训练）</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
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
        <source>Spots (DoG)</source>
        <translation>斑点 (DoG)</translation>
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
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Start over at the end</source>
        <translation>到末尾后从头开始</translation>
    </message>
    <message>
        <source>Start, pause or go on</source>
        <translation>开始、暂停或继续</translation>
    </message>
    <message>
        <source>Starting TensorFlow for {file}…</source>
        <translation>正在为 {file} 启动 TensorFlow…</translation>
    </message>
    <message>
        <source>Starting TensorFlow…</source>
        <translation>正在启动 TensorFlow…</translation>
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
        <source>Step by step by itself, until it is found</source>
        <translation>自动逐步进行，直到找到</translation>
    </message>
    <message>
        <source>Step forward</source>
        <translation>前进一步</translation>
    </message>
    <message>
        <source>Step this kernel over the worked example; Undo comes back</source>
        <translation>用此卷积核逐步计算教学示例；可撤销返回</translation>
    </message>
    <message>
        <source>Step {number}: the loss of these {count} images goes from {before} to {after}: it is {change}.</source>
        <translation>第 {number} 步：这 {count} 张图像的损失由 {before} 变为 {after}：{change}。</translation>
    </message>
    <message>
        <source>Step {step}: loss {value}</source>
        <translation>第 {step} 步：损失 {value}</translation>
    </message>
    <message>
        <source>Steps: {count}. </source>
        <translation>步数：{count}。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Stop this and keep everything as it was</source>
        <translation>停止，并保持一切不变</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
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
        <source>Strongest answer first</source>
        <translation>响应最强者在前</translation>
    </message>
    <message>
        <source>Strongest first</source>
        <translation>按贡献排序</translation>
    </message>
    <message>
        <source>Subtraction</source>
        <translation>相减</translation>
    </message>
    <message>
        <source>Surest mistakes</source>
        <translation>置信度最高的错误</translation>
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
        <source>Switch to inference</source>
        <translation>切换到推理</translation>
    </message>
    <message>
        <source>Switch to training</source>
        <translation>切换到训练</translation>
    </message>
    <message>
        <source>Switch to {rows}×{columns}</source>
        <translation>切换到 {rows}×{columns}</translation>
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
        <source>Tables ({patterns})</source>
        <translation>表格 ({patterns})</translation>
    </message>
    <message>
        <source>Table…</source>
        <translation>一览表…</translation>
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
        <source>Take the layer out of the network; on its card Delete does it too</source>
        <translation>从网络中移除该层；在卡片上按 Delete 也可</translation>
    </message>
    <message>
        <source>Take the weights from a spreadsheet or a text: one line for each row</source>
        <translation>从电子表格或文本获取权重：每行一行</translation>
    </message>
    <message>
        <source>Take this filter out (Delete)</source>
        <translation>移除此滤波器（Delete）</translation>
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
        <source>TensorFlow can't be loaded: {reason}</source>
        <translation>无法载入 TensorFlow：{reason}</translation>
    </message>
    <message>
        <source>TensorFlow can't be used here, so nothing can be trained.</source>
        <translation>此处无法使用 TensorFlow，因此不能训练。</translation>
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
        <source>TensorFlow computes this layer only with the same stride for rows and columns; choose one for both.</source>
        <translation>TensorFlow 只能以相同的行、列步幅计算该层；请使二者相同。</translation>
    </message>
    <message>
        <source>TensorFlow computes this layer with a stride or with dilation, not with both; set one of them to 1.</source>
        <translation>TensorFlow 计算该层时，步幅和空洞率不能同时大于 1；请将其中之一设为 1。</translation>
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
        <source>TensorFlow ended unexpectedly, and this with it; start it again.</source>
        <translation>TensorFlow 意外退出，此任务也随之中止；请重新开始。</translation>
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
        <source>TensorFlow says: {reason}</source>
        <translation>TensorFlow 提示：{reason}</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test accuracy {accuracy}</source>
        <translation>测试准确率 {accuracy}</translation>
    </message>
    <message>
        <source>Test accuracy {accuracy}: {wrong} of {count} images are mistaken</source>
        <translation>测试准确率 {accuracy}：{count} 张图像中有 {wrong} 张识别错误</translation>
    </message>
    <message>
        <source>Test accuracy: the share of images that it has never seen and gets right</source>
        <translation>测试准确率：从未见过的图像中识别正确的比例</translation>
    </message>
    <message>
        <source>Test images only</source>
        <translation>仅测试图像</translation>
    </message>
    <message>
        <source>Test it now</source>
        <translation>立即测试</translation>
    </message>
    <message>
        <source>Test results</source>
        <translation>测试结果</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
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
        <source>The batch: images whose gradients are averaged</source>
        <translation>批次：对这些图像的梯度取平均</translation>
    </message>
    <message>
        <source>The channels of one filter</source>
        <translation>单个滤波器的各通道</translation>
    </message>
    <message>
        <source>The channels of one filter: what each of them adds</source>
        <translation>单个滤波器的各通道：每个通道的贡献</translation>
    </message>
    <message>
        <source>The class whose reasons are looked for</source>
        <translation>要寻找依据的类别</translation>
    </message>
    <message>
        <source>The clipboard has no picture, no file of one and no numbers; copy one first.</source>
        <translation>剪贴板中没有图片、图片文件或数表；请先复制一个。</translation>
    </message>
    <message>
        <source>The code ends before a layer that can't be applied: {reason}</source>
        <translation>代码到无法应用的层之前为止：{reason}</translation>
    </message>
    <message>
        <source>The code of all layers</source>
        <translation>所有层的代码</translation>
    </message>
    <message>
        <source>The code of the layer in focus alone</source>
        <translation>仅当前层的代码</translation>
    </message>
    <message>
        <source>The code was copied.</source>
        <translation>已复制代码。</translation>
    </message>
    <message>
        <source>The copied text holds {block_rows}×{block_columns} numbers; from the selected cell on there is room for {rows}×{columns}.</source>
        <translation>复制的文本含有 {block_rows}×{block_columns} 个数；从所选单元格起只放得下 {rows}×{columns} 个。</translation>
    </message>
    <message>
        <source>The difference is squared and averaged: that is the loss.</source>
        <translation>差值平方后取平均，即为损失。</translation>
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
        <source>The digits have no labels, so nobody knows what is right.</source>
        <translation>这些数字没有标签，无法判断对错。</translation>
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
        <source>The download of {title} was cancelled.</source>
        <translation>已取消下载{title}。</translation>
    </message>
    <message>
        <source>The file beside this one</source>
        <translation>与本文件同处的文件</translation>
    </message>
    <message>
        <source>The file doesn't say which of its parts is layer {layer}: {first} and {second}, a model in the model, have the same sizes.</source>
        <translation>文件没有说明它的哪一部分是层 {layer}：{first} 与模型中的模型里的 {second} 大小相同。</translation>
    </message>
    <message>
        <source>The filter that is edited and shown</source>
        <translation>正在编辑和显示的滤波器</translation>
    </message>
    <message>
        <source>The function that every cell goes through</source>
        <translation>应用于每个单元格的函数</translation>
    </message>
    <message>
        <source>The handbook's settings: Adam, 0.001, batches of 50, 5 epochs</source>
        <translation>手册的设置：Adam，0.001，批大小 50，5 轮</translation>
    </message>
    <message>
        <source>The image is no layer: this is the whole network.</source>
        <translation>图像不是层：以下是整个网络。</translation>
    </message>
    <message>
        <source>The image on the screen</source>
        <translation>屏幕上的图像</translation>
    </message>
    <message>
        <source>The images of the cell that is framed</source>
        <translation>框选的格中的图像</translation>
    </message>
    <message>
        <source>The images whose gradients are averaged for this step</source>
        <translation>这一步中对其梯度取平均的图像</translation>
    </message>
    <message>
        <source>The input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>The input channel whose kernel is edited: a filter has one for each</source>
        <translation>正在编辑其卷积核的输入通道：滤波器对每个通道各有一个卷积核</translation>
    </message>
    <message>
        <source>The input, with the pixels that speak for the class</source>
        <translation>输入，标出支持该类别的像素</translation>
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
        <source>The kernel minus learning rate times gradient</source>
        <translation>卷积核减去学习率乘以梯度</translation>
    </message>
    <message>
        <source>The kernel now, minus at the start, is the change</source>
        <translation>当前的卷积核减去开始时的，即为变化</translation>
    </message>
    <message>
        <source>The kernels of the gallery, one after the other: Handbook, Identity, blurs, edges and the rest.</source>
        <translation>依次使用库中的卷积核：手册示例、恒等、模糊、边缘等。</translation>
    </message>
    <message>
        <source>The kernels of this layer are {rows}×{columns} and stay so.</source>
        <translation>该层的卷积核为 {rows}×{columns}，大小不变。</translation>
    </message>
    <message>
        <source>The largest value in the window</source>
        <translation>窗口中的最大值</translation>
    </message>
    <message>
        <source>The largest value of the whole map</source>
        <translation>整张特征图的最大值</translation>
    </message>
    <message>
        <source>The layer beside the same layer with one setting changed, on one input</source>
        <translation>在同一输入上，将该层与只改变一项设置的同一层并排比较</translation>
    </message>
    <message>
        <source>The layer can't be applied to images of {rows}×{columns}×{channels}: {reason}</source>
        <translation>该层无法应用于 {rows}×{columns}×{channels} 的图像：{reason}</translation>
    </message>
    <message>
        <source>The layer's name, or its type and size</source>
        <translation>层的名称，或其类型和大小</translation>
    </message>
    <message>
        <source>The layer's place in the network</source>
        <translation>该层在网络中的位置</translation>
    </message>
    <message>
        <source>The layer's type, as Keras calls it</source>
        <translation>层的类型（Keras 名称）</translation>
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
        <source>The list of ImageNet's classes</source>
        <translation>ImageNet 类别列表</translation>
    </message>
    <message>
        <source>The loss grew: this was a step in the wrong direction, or too far.</source>
        <translation>损失增大：这一步方向错误，或迈得太远。</translation>
    </message>
    <message>
        <source>The loss has not got smaller for {patience} epochs: training ended early, and the weights of epoch {best} are back.</source>
        <translation>损失连续 {patience} 轮没有减小：训练提前结束，并恢复了第 {best} 轮的权重。</translation>
    </message>
    <message>
        <source>The map is so small that sharing saves nothing: {own} parameters against {connected} fully connected.</source>
        <translation>特征图太小，共享并不节省参数：{own} 个，而全连接为 {connected} 个。</translation>
    </message>
    <message>
        <source>The maps of a layer share a scale: they can be compared with each other</source>
        <translation>同一层的特征图共用一个色标：可以互相比较</translation>
    </message>
    <message>
        <source>The maps that it reads must have equally many channels, but they have {first} and {other}.</source>
        <translation>它读取的特征图必须通道数相同，而它们有 {first} 和 {other} 个。</translation>
    </message>
    <message>
        <source>The maps that it reads must have the same rows and columns, but they have {first} and {other}.</source>
        <translation>它读取的特征图必须行数和列数相同，而它们为 {first} 和 {other}。</translation>
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
        <source>The mean of the whole map</source>
        <translation>整张特征图的平均值</translation>
    </message>
    <message>
        <source>The mean of this channel over the batches of the training: taken in inference</source>
        <translation>此通道在训练各批次上的均值：推理时使用</translation>
    </message>
    <message>
        <source>The model takes images of any size in 3 channels: a grey one becomes three equal channels, with values from 0 to 1.</source>
        <translation>模型接收任意大小、3 个通道的图像：灰度图像变为三个相同的通道，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>The model takes images of any size in one channel: a coloured one is made grey, with values from 0 to 1.</source>
        <translation>模型接收任意大小、一个通道的图像：彩色图像会转为灰度，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>The model takes images of {rows}×{columns}×{channels}: the image is as it was.</source>
        <translation>模型接收 {rows}×{columns}×{channels} 的图像：图像保持原样。</translation>
    </message>
    <message>
        <source>The model takes {rows}×{columns} cells in 3 channels: any image is resized to that, a grey one in three equal channels, with values from 0 to 1.</source>
        <translation>模型的输入为 {rows}×{columns} 个单元、3 个通道：任何图像都会缩放到该大小，灰度图像变为三个相同的通道，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>The model takes {rows}×{columns} cells in one channel: any image is resized to that and made grey, with values from 0 to 1.</source>
        <translation>模型的输入为 {rows}×{columns} 个单元、一个通道：任何图像都会缩放到该大小并转为灰度，取值为 0 到 1。</translation>
    </message>
    <message>
        <source>The network ends in a map of {rows}×{columns} cells, not in one number for each class; add Flatten and Dense with {classes} units.</source>
        <translation>网络的最终输出是 {rows}×{columns} 的特征图，而不是每个类别一个数；请添加 Flatten 和有 {classes} 个单元的 Dense。</translation>
    </message>
    <message>
        <source>The network ends in {label}, whose outputs are no measure of how likely a class is; end it with softmax, or with Dense alone.</source>
        <translation>网络以 {label} 结尾，其输出不能衡量类别的可能性；请以 softmax 或单独的 Dense 结尾。</translation>
    </message>
    <message>
        <source>The network ends in {outputs} numbers, but there are {classes} classes; end it with Dense with {classes} units.</source>
        <translation>网络最终输出 {outputs} 个数，而类别有 {classes} 个；请以有 {classes} 个单元的 Dense 结尾。</translation>
    </message>
    <message>
        <source>The network ends in {rows}×{columns}×{channels}, not in one number for each class; add Flatten and Dense at its end.</source>
        <translation>网络的最终输出是 {rows}×{columns}×{channels}，而不是每个类别一个数；请在末尾添加 Flatten 和 Dense。</translation>
    </message>
    <message>
        <source>The network has been changed since.</source>
        <translation>此后网络已被更改。</translation>
    </message>
    <message>
        <source>The network has no convolution: add one to edit its kernel.</source>
        <translation>网络中没有卷积层：添加一个，即可编辑其卷积核。</translation>
    </message>
    <message>
        <source>The network has no kernel to look at.</source>
        <translation>网络中没有可查看的卷积核。</translation>
    </message>
    <message>
        <source>The network has no layer that is switched on; add Flatten and Dense.</source>
        <translation>网络中没有启用的层；请添加 Flatten 和 Dense。</translation>
    </message>
    <message>
        <source>The network has no layer with weights that could be looked into.</source>
        <translation>网络中没有可剖析的含权重的层。</translation>
    </message>
    <message>
        <source>The network is being trained, so it can't be changed. You can go on drawing on the image.</source>
        <translation>网络正在训练，不能更改。可以继续在图像上绘制。</translation>
    </message>
    <message>
        <source>The network on the screen</source>
        <translation>屏幕上的网络</translation>
    </message>
    <message>
        <source>The network on the screen has no layers with weights.</source>
        <translation>屏幕上的网络中没有含权重的层。</translation>
    </message>
    <message>
        <source>The network reads another size than the digits' {rows}×{columns}.</source>
        <translation>网络的输入大小与数字的 {rows}×{columns} 不同。</translation>
    </message>
    <message>
        <source>The network tells {count} classes apart, and there are 10 digits.</source>
        <translation>网络区分 {count} 个类别，而数字有 10 个。</translation>
    </message>
    <message>
        <source>The network that read handwritten digits in 1998: 6 and 16 filters of 5×5, tanh, average pooling. Not trained yet.</source>
        <translation>1998 年用于识别手写数字的网络：6 个和 16 个 5×5 滤波器，tanh，平均池化。尚未训练。</translation>
    </message>
    <message>
        <source>The network's input has {count} channels; images have 1 or 3.</source>
        <translation>网络的输入有 {count} 个通道；图像只能有 1 或 3 个通道。</translation>
    </message>
    <message>
        <source>The network, or the layer in focus, as TensorFlow code</source>
        <translation>将网络或当前层写成 TensorFlow 代码</translation>
    </message>
    <message>
        <source>The network, or the layer in focus, as a Python file that runs</source>
        <translation>将网络或当前层保存为可运行的 Python 文件</translation>
    </message>
    <message>
        <source>The next step adds</source>
        <translation>下一步的增量</translation>
    </message>
    <message>
        <source>The next step will show this layer.</source>
        <translation>下一步将显示该层。</translation>
    </message>
    <message>
        <source>The number of the random draw: another number drops other cells</source>
        <translation>随机抽取的编号：编号不同，丢弃的单元格也不同</translation>
    </message>
    <message>
        <source>The numbers are for {has} channels, but the input has {needs}; choose numbers for {needs} channels.</source>
        <translation>这些数对应 {has} 个通道，而输入有 {needs} 个通道；请选择对应 {needs} 个通道的数。</translation>
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
        <source>The other setting</source>
        <translation>另一种设置</translation>
    </message>
    <message>
        <source>The patches that it answers to most. A click makes the digit the input.</source>
        <translation>响应最强的图像块。单击将该数字用作输入。</translation>
    </message>
    <message>
        <source>The program's 7×7 image</source>
        <translation>程序的 7×7 图像</translation>
    </message>
    <message>
        <source>The same as TensorFlow code that runs</source>
        <translation>以可运行的 TensorFlow 代码表示</translation>
    </message>
    <message>
        <source>The same filter once more, behind this one; what reads them gives each a half of its weights</source>
        <translation>在此滤波器之后再放一个相同的滤波器；读取它们的层将权重对半分给二者</translation>
    </message>
    <message>
        <source>The same in code</source>
        <translation>对应的代码</translation>
    </message>
    <message>
        <source>The same seed draws the same order of images</source>
        <translation>相同的种子得到相同的图像顺序</translation>
    </message>
    <message>
        <source>The settings of the layer, its output size and its colours</source>
        <translation>层的设置、输出大小和颜色</translation>
    </message>
    <message>
        <source>The share of the cells that are set to 0 in training</source>
        <translation>训练时被置为 0 的单元格比例</translation>
    </message>
    <message>
        <source>The share of the training images that is kept aside to check with</source>
        <translation>留出用于检验的训练图像比例</translation>
    </message>
    <message>
        <source>The slope of the leaky ReLU for negative values</source>
        <translation>leaky ReLU 在负值处的斜率</translation>
    </message>
    <message>
        <source>The smallest that is still a CNN: 8 and 16 filters of 3×3, ReLU, pooling, 10 classes. Not trained yet.</source>
        <translation>最小的 CNN：8 个和 16 个 3×3 滤波器，ReLU，池化，10 个类别。尚未训练。</translation>
    </message>
    <message>
        <source>The stage was copied as a picture.</source>
        <translation>已将主视图复制为图片。</translation>
    </message>
    <message>
        <source>The step as arithmetic</source>
        <translation>这一步的计算过程</translation>
    </message>
    <message>
        <source>The strongest class</source>
        <translation>得分最高的类别</translation>
    </message>
    <message>
        <source>The sum is over all channels of a place, so there is no curve of x alone.</source>
        <translation>求和遍及同一位置的所有通道，因此没有只依赖 x 的曲线。</translation>
    </message>
    <message>
        <source>The table was copied: paste it into a spreadsheet.</source>
        <translation>已复制表格，可粘贴到电子表格中。</translation>
    </message>
    <message>
        <source>The trainer's process has ended unexpectedly; the last checkpoint is there. Start again to go on.</source>
        <translation>训练进程意外退出；已保存最近的检查点。重新开始即可继续。</translation>
    </message>
    <message>
        <source>The training broke off</source>
        <translation>训练中断</translation>
    </message>
    <message>
        <source>The training could not begin</source>
        <translation>训练无法开始</translation>
    </message>
    <message>
        <source>The training ended unexpectedly before it had begun; start it again.</source>
        <translation>训练尚未开始就意外退出；请重新开始。</translation>
    </message>
    <message>
        <source>The training ended unexpectedly; the network has the weights of batch {step}. You can start it again.</source>
        <translation>训练意外退出；网络使用第 {step} 个批次的权重。可以重新开始。</translation>
    </message>
    <message>
        <source>The training history in {file} is too large.</source>
        <translation>{file} 中的训练记录太大。</translation>
    </message>
    <message>
        <source>The training was ended before it had saved; the weights on the screen stay.</source>
        <translation>训练在保存之前被终止；屏幕上的权重保持不变。</translation>
    </message>
    <message>
        <source>The values stay as they are</source>
        <translation>数值保持不变</translation>
    </message>
    <message>
        <source>The variance of this channel over the batches of the training: taken in inference</source>
        <translation>此通道在训练各批次上的方差：推理时使用</translation>
    </message>
    <message>
        <source>The weights add up to 0, so nothing makes them add up to 1; change a weight first.</source>
        <translation>权重之和为 0，无法使其变为 1；请先更改某个权重。</translation>
    </message>
    <message>
        <source>The weights are for {has} inputs, but there are {needs}; choose weights for {needs} inputs.</source>
        <translation>这些权重对应 {has} 个输入，而现有 {needs} 个输入；请选择对应 {needs} 个输入的权重。</translation>
    </message>
    <message>
        <source>The weights of {file} are in the network now.</source>
        <translation>{file} 的权重已载入网络。</translation>
    </message>
    <message>
        <source>The weights on the screen</source>
        <translation>屏幕上的权重</translation>
    </message>
    <message>
        <source>The window covers the whole input: here each output looks at everything, as if fully connected.</source>
        <translation>窗口覆盖整个输入：此时每个输出看到全部输入，如同全连接。</translation>
    </message>
    <message>
        <source>The worked example: its weights add up to 0, so a flat area gives just the bias, 1.</source>
        <translation>教学示例：权重之和为 0，因此平坦区域只得到偏置 1。</translation>
    </message>
    <message>
        <source>The {most} greatest of {count}, by their places.</source>
        <translation>{count} 个值中最大的 {most} 个，按位置编号。</translation>
    </message>
    <message>
        <source>There are no digits to look through; open MNIST first.</source>
        <translation>没有可查看的数字；请先打开 MNIST。</translation>
    </message>
    <message>
        <source>There are no images to learn from; choose another data set.</source>
        <translation>没有可供学习的图像；请选择其他数据集。</translation>
    </message>
    <message>
        <source>There are no numbers in the text; copy a grid of numbers first.</source>
        <translation>文本中没有数；请先复制一个数表。</translation>
    </message>
    <message>
        <source>There are {images} images, but {labels} labels; the two don't belong together.</source>
        <translation>有 {images} 张图像，但有 {labels} 个标签；二者不匹配。</translation>
    </message>
    <message>
        <source>There is no model called {name}.</source>
        <translation>没有名为 {name} 的模型。</translation>
    </message>
    <message>
        <source>There is no picture, no file and no table of numbers in this; copy one first.</source>
        <translation>其中没有图片、文件或数表；请先复制一个。</translation>
    </message>
    <message>
        <source>There is no preset and no file {name}; the presets are {presets}.</source>
        <translation>没有名为 {name} 的预设或文件；预设有 {presets}。</translation>
    </message>
    <message>
        <source>There is not enough memory to learn from {batch} images at once: layer {label} needs the most, and a batch takes {size} MB or more. Choose a smaller batch size; the model is as it was.</source>
        <translation>内存不足，无法一次学习 {batch} 张图像：层 {label} 需要最多，一个批次至少占 {size} MB。请减小批大小；模型保持原样。</translation>
    </message>
    <message>
        <source>There is nothing in this picture, so it tells nothing of the kernel.</source>
        <translation>此图像是空白的，因此无法由它得知卷积核。</translation>
    </message>
    <message>
        <source>There is only one position, so there is nothing to share.</source>
        <translation>只有一个位置，因此无可共享。</translation>
    </message>
    <message>
        <source>They are for {has} layers, and the network has {needs} with weights: it has none for {layer}, with {sizes}.</source>
        <translation>这些权重对应 {has} 层，而网络中有 {needs} 层含权重：没有与 {layer}（{sizes}）对应的层。</translation>
    </message>
    <message>
        <source>This can't be mended by adding layers: change the layer that is named first.</source>
        <translation>添加层不能解决此问题：请先更改所指的层。</translation>
    </message>
    <message>
        <source>This image does not decide all {count} weights: {free} combinations of them make no difference to the map. Draw more into it, and only one kernel fits.</source>
        <translation>此图像不足以确定全部 {count} 个权重：其中 {free} 种组合不影响特征图。多画一些内容，就只有一个卷积核相符。</translation>
    </message>
    <message>
        <source>This is not a number: type for example 2, -0.5 or 1/9.</source>
        <translation>这不是数：请输入例如 2、-0.5 或 1/9。</translation>
    </message>
    <message>
        <source>This layer has no parameters: there is nothing in it to be learnt.</source>
        <translation>该层没有参数：其中没有可学习的东西。</translation>
    </message>
    <message>
        <source>This layer has no setting that could be compared. Choose another layer above.</source>
        <translation>该层没有可对比的设置。请在上方选择其他层。</translation>
    </message>
    <message>
        <source>This layer has {count} parameters: {each} for each of {channels} channels, shared by {places} positions.</source>
        <translation>该层有 {count} 个参数：{channels} 个通道各 {each} 个，由 {places} 个位置共享。</translation>
    </message>
    <message>
        <source>This layer would have {count} million weights, and {most} million can be kept; make its input smaller, with pooling or strides, or use fewer units.</source>
        <translation>该层将有 {count} 百万个权重，最多可保存 {most} 百万个；请用池化或步幅缩小其输入，或减少单元数。</translation>
    </message>
    <message>
        <source>This needs TensorFlow, and there is none that could be asked.</source>
        <translation>此操作需要 TensorFlow，而当前无法使用。</translation>
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
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Totals of the network</source>
        <translation>网络总计</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Train the network from the images that are chosen in the tab</source>
        <translation>用标签页中选择的图像训练网络</translation>
    </message>
    <message>
        <source>Train the network, beginning with the weights that it has</source>
        <translation>从现有权重开始训练网络</translation>
    </message>
    <message>
        <source>Trained earlier: it can go on where it ended.</source>
        <translation>之前训练过：可从结束处继续。</translation>
    </message>
    <message>
        <source>Trained with {count} batches</source>
        <translation>已训练 {count} 个批次</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Training and test images</source>
        <translation>训练图像和测试图像</translation>
    </message>
    <message>
        <source>Training broke off: {reason}</source>
        <translation>训练中断：{reason}</translation>
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
        <source>Training mode</source>
        <translation>训练模式</translation>
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
        <source>Transposed convolution</source>
        <translation>转置卷积</translation>
    </message>
    <message>
        <source>Try it on the 7×7 example</source>
        <translation>在 7×7 示例上试用</translation>
    </message>
    <message>
        <source>Try the kernel on the 7×7 example</source>
        <translation>在 7×7 示例上试用此卷积核</translation>
    </message>
    <message>
        <source>Turn the kernel clockwise</source>
        <translation>顺时针旋转卷积核</translation>
    </message>
    <message>
        <source>Two convolutions with 32 and 64 filters of 5×5, each with ReLU and pooling, then 1,024 units and 10 classes. Not trained yet.</source>
        <translation>两个卷积层，分别有 32 个和 64 个 5×5 滤波器，各接 ReLU 和池化，再接 1,024 个单元和 10 个类别。尚未训练。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
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
        <source>Undo the last step</source>
        <translation>撤销上一步</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元数</translation>
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
        <source>Until it is there the classes have numbers.</source>
        <translation>在得到它之前，类别以编号显示。</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Upsampling</source>
        <translation>上采样</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Use again</source>
        <translation>再次使用</translation>
    </message>
    <message>
        <source>Use as input</source>
        <translation>用作输入</translation>
    </message>
    <message>
        <source>Use the weights of batch {step}</source>
        <translation>使用第 {step} 个批次的权重</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Use this setting</source>
        <translation>采用此设置</translation>
    </message>
    <message>
        <source>Use what a filter likes best as the input</source>
        <translation>将滤波器的最强响应图像用作输入</translation>
    </message>
    <message>
        <source>Use {setting}</source>
        <translation>采用 {setting}</translation>
    </message>
    <message>
        <source>Validating…</source>
        <translation>正在验证…</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
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
        <source>WHY CONVOLUTION</source>
        <translation>为什么用卷积</translation>
    </message>
    <message>
        <source>Wait before the next batch</source>
        <translation>在下一个批次之前等待</translation>
    </message>
    <message>
        <source>Waiting for a change</source>
        <translation>等待更改</translation>
    </message>
    <message>
        <source>Wall of digits</source>
        <translation>数字墙</translation>
    </message>
    <message>
        <source>Wall of filters</source>
        <translation>滤波器墙</translation>
    </message>
    <message>
        <source>Wall of test images</source>
        <translation>测试图像墙</translation>
    </message>
    <message>
        <source>Waves under a bell, for lines and edges in 4 directions: trained networks begin with such filters.</source>
        <translation>钟形包络下的波，检测 4 个方向的线和边缘：训练好的网络，前几层往往就是这样的滤波器。</translation>
    </message>
    <message>
        <source>Weight of channel {channel}, row {row}, column {column} = {value}</source>
        <translation>权重（通道 {channel}，第 {row} 行，第 {column} 列）= {value}</translation>
    </message>
    <message>
        <source>Weight of input {name} = {value}</source>
        <translation>输入 {name} 的权重 = {value}</translation>
    </message>
    <message>
        <source>Weight {cell} = {value} · multiplies {count} input cells</source>
        <translation>权重（{cell}）= {value} · 与 {count} 个输入单元格相乘</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights ({patterns})</source>
        <translation>权重文件（{patterns}）</translation>
    </message>
    <message>
        <source>Weights W</source>
        <translation>权重 W</translation>
    </message>
    <message>
        <source>Weights and biases that training changes</source>
        <translation>训练中会改变的权重和偏置</translation>
    </message>
    <message>
        <source>Weights and outputs as histograms, and filters that are dead</source>
        <translation>权重和输出的直方图，以及失活滤波器</translation>
    </message>
    <message>
        <source>Weights for {name}</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>Weights from a file…</source>
        <translation>来自文件的权重…</translation>
    </message>
    <message>
        <source>Weights minus learning rate times gradient, with numbers</source>
        <translation>权重减去学习率乘以梯度，代入数值</translation>
    </message>
    <message>
        <source>Weights that fit, Flatten, and Dense with softmax: one output for each class. Undo takes it back.</source>
        <translation>相符的权重、Flatten 以及带 softmax 的 Dense：每个类别一个输出。可以撤销。</translation>
    </message>
    <message>
        <source>What Dropout keeps (1) and drops (0)</source>
        <translation>Dropout 保留 (1) 和丢弃 (0) 的单元格</translation>
    </message>
    <message>
        <source>What TensorFlow calls convolution does not flip the kernel: strictly it is cross-correlation.</source>
        <translation>TensorFlow 所说的卷积不翻转卷积核：严格来说是互相关。</translation>
    </message>
    <message>
        <source>What did it see then? Every view shows the network as it was, on the image that you have now</source>
        <translation>当时它看到什么？所有视图都显示当时的网络作用于当前图像的结果</translation>
    </message>
    <message>
        <source>What each pixel adds to the score on the way from an empty image to this one.</source>
        <translation>从空白图像到此图像的过程中，每个像素对得分的贡献。</translation>
    </message>
    <message>
        <source>What excites it</source>
        <translation>什么激发它</translation>
    </message>
    <message>
        <source>What goes into the layer on the screen</source>
        <translation>屏幕上该层的输入</translation>
    </message>
    <message>
        <source>What is added to the values of this channel at the end</source>
        <translation>最后加到此通道各值上的数</translation>
    </message>
    <message>
        <source>What is chosen or pressed below changes the kernels of all channels of the filter, not only this one</source>
        <translation>下方的选择和操作会更改该滤波器所有通道的卷积核，而不仅是当前通道</translation>
    </message>
    <message>
        <source>What is made of the cells in a window</source>
        <translation>对窗口中的单元格进行的运算</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>What it likes best</source>
        <translation>最强响应图像</translation>
    </message>
    <message>
        <source>What one output reads</source>
        <translation>一个输出读取什么</translation>
    </message>
    <message>
        <source>What the added cells hold: zeros, or a mirror image of the input</source>
        <translation>添加的单元格的内容：零，或输入的镜像</translation>
    </message>
    <message>
        <source>What the filter under the cursor is for</source>
        <translation>当前滤波器的作用</translation>
    </message>
    <message>
        <source>What the filters have learnt, and why the network says what it says</source>
        <translation>滤波器学到了什么，以及网络为什么这样判断</translation>
    </message>
    <message>
        <source>What the kernel is laid over. Draw on the program's image, and it follows.</source>
        <translation>卷积核所作用的图像。在程序的图像上绘制，此处随之更新。</translation>
    </message>
    <message>
        <source>What the layer costs beside a fully connected one, and why</source>
        <translation>该层与全连接层相比的代价及其原因</translation>
    </message>
    <message>
        <source>What the layer on the right has in place of this setting</source>
        <translation>右侧的层用什么代替此设置</translation>
    </message>
    <message>
        <source>What the network learns from, and how</source>
        <translation>网络从什么学习，如何学习</translation>
    </message>
    <message>
        <source>What the network says when this filter gives 0 everywhere, and how many digits it still recognises</source>
        <translation>此滤波器处处为 0 时网络如何判断，以及还能识别多少数字</translation>
    </message>
    <message>
        <source>What the normalised values of this channel are multiplied with</source>
        <translation>与此通道归一化后的值相乘的数</translation>
    </message>
    <message>
        <source>What the training has learnt can't be kept in {folder}. {reason}</source>
        <translation>训练成果无法保存到 {folder}。{reason}</translation>
    </message>
    <message>
        <source>What to do where the picture is not square</source>
        <translation>图片不是正方形时的处理方式</translation>
    </message>
    <message>
        <source>What to fill the filters with</source>
        <translation>用什么填充滤波器</translation>
    </message>
    <message>
        <source>What {file} gave</source>
        <translation>{file} 的输出</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>滚轮、双指捏合</translation>
    </message>
    <message>
        <source>Where the last maps with rows and columns answer, weighted by how much each speaks for the class.</source>
        <translation>最后一组有行和列的特征图的响应位置，按各图对该类别的支持程度加权。</translation>
    </message>
    <message>
        <source>Which classes are taken for which, and the images</source>
        <translation>哪些类别被误判为哪些类别，以及相应的图像</translation>
    </message>
    <message>
        <source>While it learns, the kernel that you look at is compared here with what it was at the start.</source>
        <translation>学习过程中，这里将当前查看的卷积核与开始时对比。</translation>
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
        <source>Why</source>
        <translation>为什么</translation>
    </message>
    <message>
        <source>Why convolution</source>
        <translation>为什么用卷积</translation>
    </message>
    <message>
        <source>Why the network says what it says, and what it says without this filter</source>
        <translation>网络为什么这样判断，没有此滤波器时如何判断</translation>
    </message>
    <message>
        <source>Why this class</source>
        <translation>为什么是此类别</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>With MNIST at hand its digits would tell how much the network needs it.</source>
        <translation>有了 MNIST，就能用其中的数字看出网络有多需要它。</translation>
    </message>
    <message>
        <source>With the numbers on the screen, or with new ones at every run</source>
        <translation>使用屏幕上的数，或每次运行都用新的数</translation>
    </message>
    <message>
        <source>With this picture a learning rate beyond {limit} flies apart.</source>
        <translation>对此图像，学习率超过 {limit} 就会发散。</translation>
    </message>
    <message>
        <source>With weights</source>
        <translation>含权重</translation>
    </message>
    <message>
        <source>Without filter {number}</source>
        <translation>没有滤波器 {number}</translation>
    </message>
    <message>
        <source>Without saving, everything since the last time is lost.</source>
        <translation>如果不保存，上次保存后的更改都将丢失。</translation>
    </message>
    <message>
        <source>Without this filter</source>
        <translation>没有此滤波器</translation>
    </message>
    <message>
        <source>Write the code, and all its weights, to a file that runs</source>
        <translation>将代码及全部权重写入可运行的文件</translation>
    </message>
    <message>
        <source>Write the table to a file that spreadsheets and programs read</source>
        <translation>将表格写入电子表格和程序可读取的文件</translation>
    </message>
    <message>
        <source>Wrong, and sure of it: the surest first</source>
        <translation>错误而置信度高：最高的在前</translation>
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
        <source>Your edits are not kept for a restart. {reason}</source>
        <translation>您的修改不会为重新启动而保留。{reason}</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>清零</translation>
    </message>
    <message>
        <source>Zero padding</source>
        <translation>零填充</translation>
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
        <source>a layer has the name {name}, which can't be one</source>
        <translation>有一层名为 {name}，这不能用作名称</translation>
    </message>
    <message>
        <source>a layer has two names: {first} and {second}</source>
        <translation>有一层有两个名称：{first} 和 {second}</translation>
    </message>
    <message>
        <source>a layer of the class {name} has no name</source>
        <translation>有一个 {name} 类的层没有名称</translation>
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
        <source>a second InputLayer stands between its layers</source>
        <translation>层之间还有第二个 InputLayer</translation>
    </message>
    <message>
        <source>a zero around the input</source>
        <translation>输入四周的零</translation>
    </message>
    <message>
        <source>activation {value}</source>
        <translation>激活函数 {value}</translation>
    </message>
    <message>
        <source>after batch {step}</source>
        <translation>第 {step} 个批次之后</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>an attribute of its part {name} is of a kind that is not supported</source>
        <translation>其中 {name} 的一个属性的类型不受支持</translation>
    </message>
    <message>
        <source>an attribute of its part {name} is too large</source>
        <translation>其中 {name} 的一个属性太大</translation>
    </message>
    <message>
        <source>an object in its configuration has the member "{name}" twice</source>
        <translation>其配置中有一个对象含有两个 "{name}" 成员</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 个</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均值</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>本批次</translation>
    </message>
    <message>
        <source>becomes number {number}</source>
        <translation>成为第 {number} 个数</translation>
    </message>
    <message>
        <source>before the first batch</source>
        <translation>第一个批次之前</translation>
    </message>
    <message>
        <source>before {before}, difference {difference}</source>
        <translation>之前 {before}，差值 {difference}</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>bias 0</source>
        <translation>偏置为 0</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝</translation>
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
        <source>ch. {number}</source>
        <translation>通道 {number}</translation>
    </message>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>change ±{most}</source>
        <translation>变化 ±{most}</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>channel {name}</source>
        <translation>通道 {name}</translation>
    </message>
    <message>
        <source>channel {name}:</source>
        <translation>通道 {name}：</translation>
    </message>
    <message>
        <source>channel {number} of {count}</source>
        <translation>通道 {number}/{count}</translation>
    </message>
    <message>
        <source>channels:</source>
        <translation>各通道：</translation>
    </message>
    <message>
        <source>class {name}</source>
        <translation>类别 {name}</translation>
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
        <source>compared with a fully connected layer</source>
        <translation>与全连接层相比</translation>
    </message>
    <message>
        <source>compared with a {size} convolution</source>
        <translation>与 {size} 卷积相比</translation>
    </message>
    <message>
        <source>complex numbers</source>
        <translation>复数</translation>
    </message>
    <message>
        <source>computed by Keras</source>
        <translation>由 Keras 计算</translation>
    </message>
    <message>
        <source>convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>convolution of mathematics: kernel flipped</source>
        <translation>数学上的卷积：翻转卷积核</translation>
    </message>
    <message>
        <source>convolution {own}, fully connected {connected}</source>
        <translation>卷积 {own}，全连接 {connected}</translation>
    </message>
    <message>
        <source>correlation: kernel as it is</source>
        <translation>互相关：卷积核不翻转</translation>
    </message>
    <message>
        <source>dates</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>depends on {size} pixels of the image, {places}; effective stride {stride}</source>
        <translation>依赖图像的 {size} 个像素，{places}；等效步幅 {stride}</translation>
    </message>
    <message>
        <source>dilation {value}</source>
        <translation>空洞率 {value}</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>dropped:</source>
        <translation>丢弃：</translation>
    </message>
    <message>
        <source>each its own</source>
        <translation>各自色标</translation>
    </message>
    <message>
        <source>each layer</source>
        <translation>每层</translation>
    </message>
    <message>
        <source>each map</source>
        <translation>每张图</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>第 {number} 轮</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>filter {number} of {count}</source>
        <translation>滤波器 {number}/{count}</translation>
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
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>gradient of the loss</source>
        <translation>损失的梯度</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>has a field that is not known: {name}</source>
        <translation>含有未知字段：{name}</translation>
    </message>
    <message>
        <source>here {value} against {other}</source>
        <translation>此处 {value} 对比 {other}</translation>
    </message>
    <message>
        <source>in all {connected}; as a convolution {all}</source>
        <translation>共 {connected} 个；若用卷积为 {all} 个</translation>
    </message>
    <message>
        <source>in colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>inference</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>is too large: more than {most} numbers</source>
        <translation>太大：超过 {most} 个数</translation>
    </message>
    <message>
        <source>is too large: {value}, and the limit is {high}</source>
        <translation>太大：{value}，上限为 {high}</translation>
    </message>
    <message>
        <source>is {name}, which is not on the list of what is allowed</source>
        <translation>为 {name}，不在允许的列表中</translation>
    </message>
    <message>
        <source>is {value}, but must be a list of axes</source>
        <translation>为 {value}，但必须是轴的列表</translation>
    </message>
    <message>
        <source>is {value}, but must be a list of lengths</source>
        <translation>为 {value}，但必须是长度的列表</translation>
    </message>
    <message>
        <source>is {value}, but must be a number from {low} to {high}</source>
        <translation>为 {value}，但必须是 {low} 到 {high} 之间的数</translation>
    </message>
    <message>
        <source>is {value}, but must be a text of 1 to {most} characters</source>
        <translation>为 {value}，但必须是 1 到 {most} 个字符的文本</translation>
    </message>
    <message>
        <source>is {value}, but must be a whole number from {low} to {high}</source>
        <translation>为 {value}，但必须是 {low} 到 {high} 之间的整数</translation>
    </message>
    <message>
        <source>is {value}, but must be true or false</source>
        <translation>为 {value}，但必须是 true 或 false</translation>
    </message>
    <message>
        <source>is {value}, but must be two pairs of whole numbers</source>
        <translation>为 {value}，但必须是两对整数</translation>
    </message>
    <message>
        <source>is {value}, but must be two whole numbers</source>
        <translation>为 {value}，但必须是两个整数</translation>
    </message>
    <message>
        <source>is {value}, which is not supported</source>
        <translation>为 {value}，不受支持</translation>
    </message>
    <message>
        <source>is {value}, which is unknown; it must be one of: {options}</source>
        <translation>为未知的 {value}；必须是以下之一：{options}</translation>
    </message>
    <message>
        <source>it asks for more memory than there is</source>
        <translation>它所需的内存超出可用内存</translation>
    </message>
    <message>
        <source>it calculates with a number</source>
        <translation>它用一个数来计算</translation>
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
        <source>it goes on behind its end</source>
        <translation>它在结尾之后还有内容</translation>
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
        <source>it has no mean and no variance</source>
        <translation>它没有均值和方差</translation>
    </message>
    <message>
        <source>it has no picture in it</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <source>it has no weights ({name}); save the model again</source>
        <translation>其中没有权重（{name}）；请重新保存模型</translation>
    </message>
    <message>
        <source>it has no {name}, which says what layers it has</source>
        <translation>其中没有说明各层的 {name}</translation>
    </message>
    <message>
        <source>it has none with a stride and a dilation at once</source>
        <translation>没有同时带步幅和空洞率的层</translation>
    </message>
    <message>
        <source>it has several inputs or outputs</source>
        <translation>它有多个输入或输出</translation>
    </message>
    <message>
        <source>it has weights only and no model; save the whole model, or open it when a network like it is there</source>
        <translation>其中只有权重而没有模型；请保存整个模型，或在已有相同结构的网络时打开它</translation>
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
        <source>it is a folder without a SavedModel ({name}) in it</source>
        <translation>它是文件夹，其中没有 SavedModel（{name}）</translation>
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
        <source>it is cut short; copy it again from where it came</source>
        <translation>它不完整；请从来源处重新复制</translation>
    </message>
    <message>
        <source>it is damaged, or no HDF5 file that can be read; copy it again from where it came</source>
        <translation>它已损坏，或不是可读取的 HDF5 文件；请从来源处重新复制</translation>
    </message>
    <message>
        <source>it is empty: the model has no layers</source>
        <translation>它是空的：模型没有层</translation>
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
        <source>it is one of Keras's own that is not explained here, and stays as it was opened</source>
        <translation>它是 Keras 自带的层，这里不作解释，保持打开时的样子</translation>
    </message>
    <message>
        <source>it is too large: it expands from {size} MB to {unpacked} MB</source>
        <translation>它太大：{size} MB 解压后为 {unpacked} MB</translation>
    </message>
    <message>
        <source>it is too large: its layers are called more than {most} times</source>
        <translation>它太大：各层被调用超过 {most} 次</translation>
    </message>
    <message>
        <source>it is too large: more than {most} calls of layers</source>
        <translation>它太大：层的调用超过 {most} 次</translation>
    </message>
    <message>
        <source>it is too large: {count} layers, and the limit is {most}</source>
        <translation>它太大：有 {count} 层，上限为 {most} 层</translation>
    </message>
    <message>
        <source>it is {name}, which is not on the list of models that are allowed</source>
        <translation>它是 {name}，不在允许的模型列表中</translation>
    </message>
    <message>
        <source>it isn't there</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>it isn't there any more</source>
        <translation>它已不存在</translation>
    </message>
    <message>
        <source>it joins {count} maps, and here they stand side by side in one</source>
        <translation>它合并 {count} 张特征图，而此处它们并排在一张图中</translation>
    </message>
    <message>
        <source>it pads with zeros only</source>
        <translation>它只用零填充</translation>
    </message>
    <message>
        <source>it puts the numbers into {shape}</source>
        <translation>它将数排成 {shape}</translation>
    </message>
    <message>
        <source>it stands in row {row}, column {column}</source>
        <translation>位于第 {row} 行，第 {column} 列</translation>
    </message>
    <message>
        <source>it subtracts one map from another, not several</source>
        <translation>它从一张特征图减去另一张，而不是多张</translation>
    </message>
    <message>
        <source>it takes more memory than it may</source>
        <translation>它占用的内存超出限制</translation>
    </message>
    <message>
        <source>it takes more memory than it may, and was stopped</source>
        <translation>它占用的内存超出限制，已被停止</translation>
    </message>
    <message>
        <source>it took more than {seconds} seconds, and was stopped</source>
        <translation>它用时超过 {seconds} 秒，已被停止</translation>
    </message>
    <message>
        <source>it was saved by a newer version of CNN Explorer; update the program.</source>
        <translation>它由更新版本的 CNN Explorer 保存；请更新程序。</translation>
    </message>
    <message>
        <source>its activation is {value}</source>
        <translation>其激活函数为 {value}</translation>
    </message>
    <message>
        <source>its array {name} declares {declared} MB but stores {stored} MB</source>
        <translation>其数组 {name} 声明为 {declared} MB，但只存有 {stored} MB</translation>
    </message>
    <message>
        <source>its array {name} does not hold plain numbers</source>
        <translation>其数组 {name} 存放的不是普通的数</translation>
    </message>
    <message>
        <source>its array {name} is packed in a way that is not supported</source>
        <translation>其数组 {name} 的压缩方式不受支持</translation>
    </message>
    <message>
        <source>its array {name} is put together from other files, which is not allowed</source>
        <translation>其数组 {name} 由其他文件拼合而成，不被允许</translation>
    </message>
    <message>
        <source>its array {name} is stored outside of the file, which is not allowed</source>
        <translation>其数组 {name} 存放在文件之外，不被允许</translation>
    </message>
    <message>
        <source>its configuration describes something that is not a model</source>
        <translation>其配置描述的不是模型</translation>
    </message>
    <message>
        <source>its configuration has a number of {count} digits, which is too large</source>
        <translation>其配置中有一个 {count} 位的数，太大</translation>
    </message>
    <message>
        <source>its configuration has no list of layers</source>
        <translation>其配置中没有层的列表</translation>
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
        <source>its files are too large: {size} MB, and the limit is {limit} MB</source>
        <translation>其文件过大：{size} MB，上限为 {limit} MB</translation>
    </message>
    <message>
        <source>its folder is not there</source>
        <translation>其文件夹不存在</translation>
    </message>
    <message>
        <source>its format is not {format}</source>
        <translation>其格式不是 {format}</translation>
    </message>
    <message>
        <source>its group {name} is in it twice, or contains itself</source>
        <translation>其中的组 {name} 出现两次，或包含自身</translation>
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
        <source>its input has {rows}×{columns} cells and {channels} channels; images here have up to {side}×{side} cells and 1 or 3 channels</source>
        <translation>其输入有 {rows}×{columns} 个单元格、{channels} 个通道；此处的图像最多 {side}×{side} 个单元格，1 或 3 个通道</translation>
    </message>
    <message>
        <source>its input is {shape}, which is not an image</source>
        <translation>其输入为 {shape}，不是图像</translation>
    </message>
    <message>
        <source>its layers form a loop, of which {layer} is one</source>
        <translation>其各层构成环，{layer} 是其中之一</translation>
    </message>
    <message>
        <source>its member {name} has a name that leads outside of the archive</source>
        <translation>其成员 {name} 的名称指向压缩包之外</translation>
    </message>
    <message>
        <source>its member {name} is a link or a device, not a file</source>
        <translation>其成员 {name} 是链接或设备，不是文件</translation>
    </message>
    <message>
        <source>its models are nested more than {most} deep</source>
        <translation>其模型嵌套超过 {most} 层</translation>
    </message>
    <message>
        <source>its name is too long</source>
        <translation>其名称太长</translation>
    </message>
    <message>
        <source>its part {name} has more than {most} attributes</source>
        <translation>其中 {name} 的属性超过 {most} 个</translation>
    </message>
    <message>
        <source>its part {name} is a link to something outside of its place, which is not allowed</source>
        <translation>其中 {name} 是指向别处的链接，不被允许</translation>
    </message>
    <message>
        <source>its part {name} is neither a group nor an array</source>
        <translation>其中 {name} 既不是组也不是数组</translation>
    </message>
    <message>
        <source>its training history can't be read: {reason}</source>
        <translation>无法读取其训练记录：{reason}</translation>
    </message>
    <message>
        <source>its values run from {low} to {high}, shown as black to white</source>
        <translation>数值从 {low} 到 {high}，显示为从黑到白</translation>
    </message>
    <message>
        <source>its weights ({name}) are not an HDF5 file</source>
        <translation>其权重（{name}）不是 HDF5 文件</translation>
    </message>
    <message>
        <source>its weights are too large for a network here: {size} MB, and the limit is {limit} MB</source>
        <translation>其权重对此处的网络太大：{size} MB，上限为 {limit} MB</translation>
    </message>
    <message>
        <source>its weights are too large: more than {most} parts, or nested too deeply</source>
        <translation>其权重太大：超过 {most} 个部分，或嵌套太深</translation>
    </message>
    <message>
        <source>its weights are too large: {size} MB, and the limit is {limit} MB</source>
        <translation>其权重太大：{size} MB，上限为 {limit} MB</translation>
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
        <source>its {name} can't be read</source>
        <translation>无法读取其中的 {name}</translation>
    </message>
    <message>
        <source>its {name} is cut short or damaged, so it is no whole SavedModel</source>
        <translation>其 {name} 不完整或已损坏，因此不是完整的 SavedModel</translation>
    </message>
    <message>
        <source>its {name} is empty, so it is no whole SavedModel</source>
        <translation>其 {name} 为空，因此不是完整的 SavedModel</translation>
    </message>
    <message>
        <source>its {name} is not a text</source>
        <translation>其 {name} 不是文本</translation>
    </message>
    <message>
        <source>its {source} is nested more than {most} levels deep</source>
        <translation>其 {source} 嵌套超过 {most} 层</translation>
    </message>
    <message>
        <source>its {source} is not JSON; save the model again</source>
        <translation>其 {source} 不是 JSON；请重新保存模型</translation>
    </message>
    <message>
        <source>its {source} is not UTF-8 text; save the model again</source>
        <translation>其 {source} 不是 UTF-8 文本；请重新保存模型</translation>
    </message>
    <message>
        <source>its {source} is too large: more than {limit} MB</source>
        <translation>其 {source} 太大：超过 {limit} MB</translation>
    </message>
    <message>
        <source>its {source} is too large: {count} values, and the limit is {limit}</source>
        <translation>其 {source} 太大：有 {count} 个值，上限为 {limit} 个</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>kept:</source>
        <translation>保留：</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>增大</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>layer {layer} gives a shape that is not known</source>
        <translation>层 {layer} 的输出形状未知</translation>
    </message>
    <message>
        <source>layer {layer} has a field that is not known: {field}</source>
        <translation>层 {layer} 含有未知字段：{field}</translation>
    </message>
    <message>
        <source>layer {layer} has no configuration</source>
        <translation>层 {layer} 没有配置</translation>
    </message>
    <message>
        <source>layer {layer} has no equivalent: {reason}</source>
        <translation>层 {layer} 没有对应的层：{reason}</translation>
    </message>
    <message>
        <source>layer {layer} is a Lambda, which is code of its own and not allowed; use Keras's own layers</source>
        <translation>层 {layer} 是 Lambda，含有自己的代码，不被允许；请使用 Keras 自带的层</translation>
    </message>
    <message>
        <source>layer {layer} is a model with several inputs</source>
        <translation>层 {layer} 是有多个输入的模型</translation>
    </message>
    <message>
        <source>layer {layer} is called with no other layer's output</source>
        <translation>层 {layer} 的输入不是其他层的输出</translation>
    </message>
    <message>
        <source>layer {layer} is called with {name}, which is not supported</source>
        <translation>层 {layer} 以 {name} 调用，不受支持</translation>
    </message>
    <message>
        <source>layer {layer} is not the last, but gives the output</source>
        <translation>层 {layer} 不是最后一层，却给出输出</translation>
    </message>
    <message>
        <source>layer {layer} is too large for a document: {field} has the shape {shape}</source>
        <translation>层 {layer} 太大，文档放不下：{field} 的形状为 {shape}</translation>
    </message>
    <message>
        <source>layer {layer} is used more than once</source>
        <translation>层 {layer} 被使用多次</translation>
    </message>
    <message>
        <source>layer {layer} is {name}, which is not on the list of layers that are allowed</source>
        <translation>层 {layer} 是 {name}，不在允许的层列表中</translation>
    </message>
    <message>
        <source>layer {layer} leads to no output of the model</source>
        <translation>层 {layer} 没有通向模型的任何输出</translation>
    </message>
    <message>
        <source>layer {layer} needs {needs} arrays of weights, and the file has {has}</source>
        <translation>层 {layer} 需要 {needs} 个权重数组，而文件中有 {has} 个</translation>
    </message>
    <message>
        <source>layer {layer} reads several others</source>
        <translation>层 {layer} 读取了多个其他层</translation>
    </message>
    <message>
        <source>layer {layer} reads what is before the first layers that only scale</source>
        <translation>层 {layer} 读取的是最初几个缩放层之前的数据</translation>
    </message>
    <message>
        <source>layer {layer} scales each channel by another number</source>
        <translation>层 {layer} 对各通道以不同的数缩放</translation>
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
        <source>lost to</source>
        <translation>让位于</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>more than {count} lines</source>
        <translation>超过 {count} 行</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>new bias</source>
        <translation>新偏置</translation>
    </message>
    <message>
        <source>new weights</source>
        <translation>新权重</translation>
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
        <source>none yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>没有内容</translation>
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
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>number {number}</source>
        <translation>第 {number} 个数</translation>
    </message>
    <message>
        <source>number {number} of {count}</source>
        <translation>第 {number}/{count} 个数</translation>
    </message>
    <message>
        <source>numbers…</source>
        <translation>自定义…</translation>
    </message>
    <message>
        <source>opening it changes settings of Keras, which is not allowed</source>
        <translation>打开它会改变 Keras 的设置，不被允许</translation>
    </message>
    <message>
        <source>operations of tf.nn</source>
        <translation>tf.nn 运算</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>output {cell}</source>
        <translation>输出（{cell}）</translation>
    </message>
    <message>
        <source>padding filled with {value}</source>
        <translation>填充值 {value}</translation>
    </message>
    <message>
        <source>padding {value}</source>
        <translation>填充 {value}</translation>
    </message>
    <message>
        <source>pickled Python objects, which could run a program</source>
        <translation>可能运行程序的 pickle 序列化 Python 对象</translation>
    </message>
    <message>
        <source>rate {rate}</source>
        <translation>比例 {rate}</translation>
    </message>
    <message>
        <source>reaches no cell</source>
        <translation>不影响任何单元格</translation>
    </message>
    <message>
        <source>reaches {size} cells of the last map</source>
        <translation>影响最后一张特征图的 {size} 个单元格</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红</translation>
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
        <source>row {row}, column {column}, channel {channel}</source>
        <translation>第 {row} 行，第 {column} 列，通道 {channel}</translation>
    </message>
    <message>
        <source>row {row}, column {column}, filter {filter}</source>
        <translation>第 {row} 行，第 {column} 列，滤波器 {filter}</translation>
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
        <source>rows {rows}, columns {columns}</source>
        <translation>第 {rows} 行，第 {columns} 列</translation>
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
        <source>smaller</source>
        <translation>减小</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>spans of time</source>
        <translation>时间间隔</translation>
    </message>
    <message>
        <source>start</source>
        <translation>开始时</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>第 {step}/{total} 步</translation>
    </message>
    <message>
        <source>stride {value}</source>
        <translation>步幅 {value}</translation>
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
        <source>taken for</source>
        <translation>判为</translation>
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
        <source>tf.nn</source>
        <translation>tf.nn</translation>
    </message>
    <message>
        <source>the SavedModel has no signature by which it can be called</source>
        <translation>该 SavedModel 没有可供调用的签名</translation>
    </message>
    <message>
        <source>the SavedModel is too large: more than {most} fields</source>
        <translation>该 SavedModel 太大：超过 {most} 个字段</translation>
    </message>
    <message>
        <source>the SavedModel is too large: more than {most} signatures</source>
        <translation>该 SavedModel 太大：超过 {most} 个签名</translation>
    </message>
    <message>
        <source>the archive can't be unpacked</source>
        <translation>无法解压该压缩包</translation>
    </message>
    <message>
        <source>the batch's statistics</source>
        <translation>本批次统计量</translation>
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
        <source>the first of {count} channels</source>
        <translation>{count} 个通道中的第一个</translation>
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
        <source>the largest</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>the largest of {count} values</source>
        <translation>{count} 个值中的最大值</translation>
    </message>
    <message>
        <source>the mean of {count} values</source>
        <translation>{count} 个值的平均值</translation>
    </message>
    <message>
        <source>the moving statistics</source>
        <translation>移动统计量</translation>
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
        <source>the process that opened it has ended; perhaps it took too much memory</source>
        <translation>打开它的进程已退出；可能占用了过多内存</translation>
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
        <source>the server's file is too large to be {title}</source>
        <translation>服务器上的文件太大，不可能是{title}</translation>
    </message>
    <message>
        <source>the shape of its input is not in the file; build the model in Keras and save it again</source>
        <translation>文件中没有输入的形状；请在 Keras 中构建模型并重新保存</translation>
    </message>
    <message>
        <source>the shape of its input is not known</source>
        <translation>其输入的形状未知</translation>
    </message>
    <message>
        <source>the type {dtype}</source>
        <translation>类型为 {dtype} 的数据</translation>
    </message>
    <message>
        <source>the weights of layer {layer} are not finite: {name} holds NaN or infinity</source>
        <translation>层 {layer} 的权重含有非有限数：{name} 中有 NaN 或无穷大</translation>
    </message>
    <message>
        <source>the weights of layer {layer} don't have the shape that it needs</source>
        <translation>层 {layer} 的权重形状不符合要求</translation>
    </message>
    <message>
        <source>the weights of layer {layer} have the shape {has}, and it needs {needs}</source>
        <translation>层 {layer} 的权重形状为 {has}，而它需要 {needs}</translation>
    </message>
    <message>
        <source>then</source>
        <translation>当时</translation>
    </message>
    <message>
        <source>there are no weights in it that belong to layers</source>
        <translation>其中没有属于任何层的权重</translation>
    </message>
    <message>
        <source>there is no engine that could open models</source>
        <translation>没有可打开模型的引擎</translation>
    </message>
    <message>
        <source>there is no layer of the kind {kind} here</source>
        <translation>此处没有 {kind} 类型的层</translation>
    </message>
    <message>
        <source>this map had another size before</source>
        <translation>此特征图之前的大小不同</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>training image {number}</source>
        <translation>训练图像 {number}</translation>
    </message>
    <message>
        <source>training {training}, validation {validation}</source>
        <translation>训练 {training}，验证 {validation}</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>真实类别</translation>
    </message>
    <message>
        <source>two of its layers have the name {name}</source>
        <translation>其中有两层同名：{name}</translation>
    </message>
    <message>
        <source>two of its members have the same name: {name} is there twice</source>
        <translation>其中有两个同名成员：{name} 出现两次</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>valid</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>variance</source>
        <translation>方差</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
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
        <source>which layers layer {layer} reads can't be read from its configuration</source>
        <translation>无法从配置中读出层 {layer} 的输入来自哪些层</translation>
    </message>
    <message>
        <source>window {value}</source>
        <translation>窗口 {value}</translation>
    </message>
    <message>
        <source>with bias</source>
        <translation>有偏置</translation>
    </message>
    <message>
        <source>with layer {layer} it is too large: {count} million weights, and the limit is {most} million</source>
        <translation>到层 {layer} 为止太大：有 {count} 百万个权重，上限为 {most} 百万个</translation>
    </message>
    <message>
        <source>with layer {layer} its maps are too large: {count} million cells, and the limit is {most} million</source>
        <translation>到层 {layer} 为止特征图太大：有 {count} 百万个单元格，上限为 {most} 百万个</translation>
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
        <source>{cell} = a cell of the input, handed on unchanged</source>
        <translation>{cell} = 原样传递的输入单元格</translation>
    </message>
    <message>
        <source>{cell} = a cell of the input: in use nothing is dropped, that is for training</source>
        <translation>{cell} = 输入单元格：推理时不丢弃，只在训练时丢弃</translation>
    </message>
    <message>
        <source>{cell} = a zero that is added around the input</source>
        <translation>{cell} = 输入四周添加的零</translation>
    </message>
    <message>
        <source>{cell} = its share of the powers of e of all {count} channels</source>
        <translation>{cell} = 在全部 {count} 个通道的 e 的幂之和中所占份额</translation>
    </message>
    <message>
        <source>{cell} = normalised by mean and variance of this batch, as in training</source>
        <translation>{cell} = 用本批次的均值和方差归一化（训练时）</translation>
    </message>
    <message>
        <source>{cell} = normalised by the moving mean and variance, as in use</source>
        <translation>{cell} = 用移动均值和移动方差归一化（推理时）</translation>
    </message>
    <message>
        <source>{cell} = the function of one input cell</source>
        <translation>{cell} = 一个输入单元格的函数值</translation>
    </message>
    <message>
        <source>{cell} = the largest of all {count} values</source>
        <translation>{cell} = 全部 {count} 个值中的最大值</translation>
    </message>
    <message>
        <source>{cell} = the largest value in the window</source>
        <translation>{cell} = 窗口中的最大值</translation>
    </message>
    <message>
        <source>{cell} = the largest value of {count} maps at this place</source>
        <translation>{cell} = {count} 张特征图在此处的最大值</translation>
    </message>
    <message>
        <source>{cell} = the mean of all {count} values</source>
        <translation>{cell} = 全部 {count} 个值的平均值</translation>
    </message>
    <message>
        <source>{cell} = the mean of the values of {count} maps at this place</source>
        <translation>{cell} = {count} 张特征图在此处各值的平均值</translation>
    </message>
    <message>
        <source>{cell} = the mean of the window, padding not counted</source>
        <translation>{cell} = 窗口的平均值，不计填充</translation>
    </message>
    <message>
        <source>{cell} = the value of the first map at this place, less that of the other</source>
        <translation>{cell} = 第一张特征图在此处的值减去另一张的值</translation>
    </message>
    <message>
        <source>{cell} = the values of {count} maps at this place, added</source>
        <translation>{cell} = {count} 张特征图在此处各值相加</translation>
    </message>
    <message>
        <source>{cell} = the values of {count} maps at this place, multiplied</source>
        <translation>{cell} = {count} 张特征图在此处各值相乘</translation>
    </message>
    <message>
        <source>{cell} = what Keras's {label} gives, not explained</source>
        <translation>{cell} = Keras 的 {label} 给出的值，不作解释</translation>
    </message>
    <message>
        <source>{cell} = what each of {count} channels adds, plus bias</source>
        <translation>{cell} = {count} 个通道的贡献之和，加偏置</translation>
    </message>
    <message>
        <source>{cell} = window ⊙ kernel in each of {count} channels, summed, plus bias</source>
        <translation>{cell} = {count} 个通道各自窗口 ⊙ 卷积核，求和，加偏置</translation>
    </message>
    <message>
        <source>{cell} = window ⊙ kernel, summed, plus bias</source>
        <translation>{cell} = 窗口 ⊙ 卷积核，求和，加偏置</translation>
    </message>
    <message>
        <source>{cell} = {count} inputs × weights, summed, plus bias</source>
        <translation>{cell} = {count} 个输入 × 权重，求和，加偏置</translation>
    </message>
    <message>
        <source>{cell}: dropped in this step of the training</source>
        <translation>{cell}：在这一步训练中被丢弃</translation>
    </message>
    <message>
        <source>{cell}: kept in this step of the training, and scaled up for those that are not</source>
        <translation>{cell}：在这一步训练中保留，并放大以补偿被丢弃的单元格</translation>
    </message>
    <message>
        <source>{cell}: the layer is off and hands its input on</source>
        <translation>{cell}：该层已关闭，原样传递输入</translation>
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
        <source>{count} channels can't be those of {inputs} maps; give each of them equally many.</source>
        <translation>{count} 个通道无法平分给 {inputs} 张特征图；请使各张通道数相同。</translation>
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
        <source>{count} images of class {true} are recognised</source>
        <translation>类别 {true} 有 {count} 张图像识别正确</translation>
    </message>
    <message>
        <source>{count} images of class {true} are taken for {taken}</source>
        <translation>类别 {true} 有 {count} 张图像误判为 {taken}</translation>
    </message>
    <message>
        <source>{count} images/s</source>
        <translation>{count} 张/秒</translation>
    </message>
    <message>
        <source>{count} maps</source>
        <translation>{count} 张特征图</translation>
    </message>
    <message>
        <source>{count} maps had another size before, and are shown as they are.</source>
        <translation>{count} 张特征图之前的大小不同，按原样显示。</translation>
    </message>
    <message>
        <source>{count} more, none larger</source>
        <translation>另有 {count} 个，均不更大</translation>
    </message>
    <message>
        <source>{count} of {all} cells differ</source>
        <translation>{all} 个单元格中有 {count} 个不同</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>{count} rows were copied: paste them into a spreadsheet.</source>
        <translation>已复制 {count} 行，可粘贴到电子表格中。</translation>
    </message>
    <message>
        <source>{count} steps at a time</source>
        <translation>每次 {count} 步</translation>
    </message>
    <message>
        <source>{count} values</source>
        <translation>{count} 个值</translation>
    </message>
    <message>
        <source>{count} weights, bias b</source>
        <translation>{count} 个权重，偏置 b</translation>
    </message>
    <message>
        <source>{doing} {seconds} of at most {limit} seconds</source>
        <translation>{doing}已用 {seconds} 秒，最多 {limit} 秒</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
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
        <source>{facts}; {percent} % are 0</source>
        <translation>{facts}；{percent} % 为 0</translation>
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
        <source>{field} is not the recipe of a layer of Keras.</source>
        <translation>{field} 不是 Keras 层的配方。</translation>
    </message>
    <message>
        <source>{field} is there twice; remove one of them.</source>
        <translation>{field} 出现了两次；请删除其中一个。</translation>
    </message>
    <message>
        <source>{field} is {value}</source>
        <translation>{field} 为 {value}</translation>
    </message>
    <message>
        <source>{field} must be a list of 1 to {most} numbers.</source>
        <translation>{field} 必须是 1 到 {most} 个数的列表。</translation>
    </message>
    <message>
        <source>{field} must be a list of at most {most} layers.</source>
        <translation>{field} 必须是不超过 {most} 层的列表。</translation>
    </message>
    <message>
        <source>{field} must be a list of at most {most} names.</source>
        <translation>{field} 必须是不超过 {most} 个名称的列表。</translation>
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
        <source>{field} must be four whole numbers: top, bottom, left and right.</source>
        <translation>{field} 必须是四个整数：上、下、左、右。</translation>
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
        <source>{field} of layer {layer} is missing</source>
        <translation>层 {layer} 缺少 {field}</translation>
    </message>
    <message>
        <source>{field} of layer {layer} {rule}</source>
        <translation>层 {layer} 的 {field} {rule}</translation>
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
        <source>{field}: its {count} numbers are not where the file says; the file is cut short or damaged.</source>
        <translation>{field}：文件所指的位置没有它的 {count} 个数；文件被截断或已损坏。</translation>
    </message>
    <message>
        <source>{field}: one fewer</source>
        <translation>{field}：减一</translation>
    </message>
    <message>
        <source>{field}: one more</source>
        <translation>{field}：加一</translation>
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
        <source>{file} failed when it was run: {reason}</source>
        <translation>运行 {file} 时失败：{reason}</translation>
    </message>
    <message>
        <source>{file} has images but no labels; the file with the labels must lie beside it.</source>
        <translation>{file} 有图像而没有标签；标签文件必须放在它旁边。</translation>
    </message>
    <message>
        <source>{file} has labels, but its file of images is not beside it.</source>
        <translation>{file} 是标签，但对应的图像文件不在旁边。</translation>
    </message>
    <message>
        <source>{file} has no training to go on with; start over.</source>
        <translation>{file} 中没有可继续的训练；请重新开始。</translation>
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
        <source>{file} has weights without a model, and they don't fit the network on the screen: {reason}</source>
        <translation>{file} 只有权重而没有模型，且与屏幕上的网络不匹配：{reason}</translation>
    </message>
    <message>
        <source>{file} has {count} images; at {rows}×{columns}×{channels} they need {size} GB, and {most} GB can be used; use fewer images or a smaller input.</source>
        <translation>{file} 有 {count} 张图像；按 {rows}×{columns}×{channels} 需要 {size} GB，最多可用 {most} GB；请减少图像或缩小输入。</translation>
    </message>
    <message>
        <source>{file} holds a number beyond ±10⁹, in {place}; divide its numbers so that they are smaller.</source>
        <translation>{file} 在{place}含有超出 ±10⁹ 的数；请缩小其中的数值。</translation>
    </message>
    <message>
        <source>{file} holds more weights than this network has.</source>
        <translation>{file} 中的权重多于此网络的权重。</translation>
    </message>
    <message>
        <source>{file} holds no network; choose a saved document or a .keras model.</source>
        <translation>{file} 中没有网络；请选择已保存的文档或 .keras 模型。</translation>
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
        <source>{file} is a SavedModel, which can't be trained; save it as .keras.</source>
        <translation>{file} 是 SavedModel，无法训练；请另存为 .keras。</translation>
    </message>
    <message>
        <source>{file} is a SavedModel: a program, which could do anything that you can do on this computer. {signature} It can't be stepped through. It can be run once on your image, in a process of its own.</source>
        <translation>{file} 是 SavedModel，即一个程序，它能在这台计算机上做您能做的任何事。{signature} 它无法逐步查看，但可以在单独的进程中对您的图像运行一次。</translation>
    </message>
    <message>
        <source>{file} is a SavedModel: a program, which is not run here. {signature}</source>
        <translation>{file} 是 SavedModel，即一个程序，此处不会运行它。{signature}</translation>
    </message>
    <message>
        <source>{file} is a file; choose a folder with one subfolder for each class.</source>
        <translation>{file} 是文件；请选择每个类别各有一个子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>{file} is a whole model: open it as a file.</source>
        <translation>{file} 是一个完整的模型：请作为文件打开。</translation>
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
        <source>{file} is not a Keras model: open a .keras or .h5 file, or a SavedModel folder.</source>
        <translation>{file} 不是 Keras 模型：请打开 .keras 或 .h5 文件，或 SavedModel 文件夹。</translation>
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
        <source>{file} is not recognised: open a picture, a .npy or .csv matrix, MNIST files, a Keras model, or a saved document.</source>
        <translation>无法识别 {file}：请打开图片、.npy 或 .csv 矩阵、MNIST 文件、Keras 模型或已保存的文档。</translation>
    </message>
    <message>
        <source>{file} is open: {layers} layers. {how}</source>
        <translation>已打开 {file}：{layers} 层。{how}</translation>
    </message>
    <message>
        <source>{file} is packed in a way that is not supported; pack it as a plain zip.</source>
        <translation>不支持 {file} 的压缩方式；请压缩为普通 zip。</translation>
    </message>
    <message>
        <source>{file} is there already; --resume goes on with it, --overwrite replaces it.</source>
        <translation>{file} 已存在；--resume 继续训练，--overwrite 将其覆盖。</translation>
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
        <source>{file} is too large: its text has more than {limit} MB, and no document has that much.</source>
        <translation>{file} 太大：它的文本超过 {limit} MB，没有文档会有这么多。</translation>
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
        <source>{file} isn't there, so there is nothing to go on with; leave --resume out.</source>
        <translation>{file} 不存在，没有可以继续的训练；请去掉 --resume。</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is; close other programs.</source>
        <translation>{file} 所需的内存超出可用内存；请关闭其他程序。</translation>
    </message>
    <message>
        <source>{file} needs more memory than there is; use fewer or smaller images.</source>
        <translation>{file} 所需的内存超出可用内存；请使用更少或更小的图像。</translation>
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
        <source>{file}: the model is saved as .keras; choose such a name.</source>
        <translation>{file}：模型保存为 .keras；请使用这样的名称。</translation>
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
        <source>{filter}; dead</source>
        <translation>{filter}；失活</translation>
    </message>
    <message>
        <source>{filter}; silent on this input</source>
        <translation>{filter}；在此输入上无响应</translation>
    </message>
    <message>
        <source>{first} So were those of {count} more layers.</source>
        <translation>{first}另有 {count} 层也是如此。</translation>
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
        <source>{folder} has folders in it, but no images; choose the folder whose subfolders hold the images.</source>
        <translation>{folder} 中有文件夹而没有图像；请选择其子文件夹中存有图像的文件夹。</translation>
    </message>
    <message>
        <source>{folder} has more than {most} images; use fewer.</source>
        <translation>{folder} 中的图像超过 {most} 张；请减少图像。</translation>
    </message>
    <message>
        <source>{folder} has no MNIST files in it; choose a folder with an mnist.npz or a train-images-idx3-ubyte.</source>
        <translation>{folder} 中没有 MNIST 文件；请选择含有 mnist.npz 或 train-images-idx3-ubyte 的文件夹。</translation>
    </message>
    <message>
        <source>{folder} has no images; put images of this class there, or remove it.</source>
        <translation>{folder} 中没有图像；请放入该类别的图像，或移除它。</translation>
    </message>
    <message>
        <source>{folder} has {count} subfolders; at most {most} classes can be learnt.</source>
        <translation>{folder} 有 {count} 个子文件夹；最多可学习 {most} 个类别。</translation>
    </message>
    <message>
        <source>{folder} has {count} subfolders; there must be one for each class, and at least two classes.</source>
        <translation>{folder} 有 {count} 个子文件夹；每个类别应各有一个，且至少两个类别。</translation>
    </message>
    <message>
        <source>{folder}: {count} images of {classes} classes ({names}). Each becomes as large as the network's input.</source>
        <translation>{folder}：{classes} 个类别（{names}）的 {count} 张图像。每张都会调整为网络输入的大小。</translation>
    </message>
    <message>
        <source>{folder}: {wrong} of {count} images can't be read. The first: {reason}</source>
        <translation>{folder}：{count} 张图像中有 {wrong} 张无法读取。第一张：{reason}</translation>
    </message>
    <message>
        <source>{label} has not as many weights as it needs.</source>
        <translation>{label} 的权重数量不符合需要。</translation>
    </message>
    <message>
        <source>{label} is a layer of Keras's own that stays as it was opened.</source>
        <translation>{label} 是 Keras 自带的层，保持打开时的样子。</translation>
    </message>
    <message>
        <source>{label} is a layer of Keras's own, made for an input of {has}; here its input is {is_now}.</source>
        <translation>{label} 是 Keras 自带的层，为 {has} 的输入而建；这里的输入是 {is_now}。</translation>
    </message>
    <message>
        <source>{label} is a layer of Keras's own, whose code is not written here.</source>
        <translation>{label} 是 Keras 自带的层，这里不写出它的代码。</translation>
    </message>
    <message>
        <source>{label} is a layer of Keras's own. How it works is not explained here; its maps are computed by Keras.</source>
        <translation>{label} 是 Keras 自带的层。这里不解释它的工作方式；它的特征图由 Keras 计算。</translation>
    </message>
    <message>
        <source>{layer} (off)</source>
        <translation>{layer}（关闭）</translation>
    </message>
    <message>
        <source>{layer} joins {count} maps, so it stays where it is; you can switch it off: then it hands on the first of them.</source>
        <translation>{layer} 合并 {count} 张特征图，因此不能移动；可以将其关闭，此时它传递其中第一张。</translation>
    </message>
    <message>
        <source>{layer}, filter {filter}, channel {channel}</source>
        <translation>{layer}，滤波器 {filter}，通道 {channel}</translation>
    </message>
    <message>
        <source>{layer}, {cell}</source>
        <translation>{layer}，{cell}</translation>
    </message>
    <message>
        <source>{layer}: filter {number} of {count}</source>
        <translation>{layer}：滤波器 {number}/{count}</translation>
    </message>
    <message>
        <source>{layer}: its weights were drawn anew for {count} channels.</source>
        <translation>{layer}：已按 {count} 个通道重新初始化权重。</translation>
    </message>
    <message>
        <source>{layer}: its weights were drawn anew for {count} inputs.</source>
        <translation>{layer}：已按 {count} 个输入重新初始化权重。</translation>
    </message>
    <message>
        <source>{layer}: the kernel has 1 channel again ({count} weights), the mean of the others.</source>
        <translation>{layer}：卷积核恢复为 1 个通道（{count} 个权重），取各通道的平均值。</translation>
    </message>
    <message>
        <source>{layer}: the kernel now has {channels} channels ({count} weights), the same on each plane.</source>
        <translation>{layer}：卷积核现有 {channels} 个通道（{count} 个权重），各颜色通道相同。</translation>
    </message>
    <message>
        <source>{layer}: {before} → {after}</source>
        <translation>{layer}：{before} → {after}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 到 {high}</translation>
    </message>
    <message>
        <source>{low} to {high}, mean {mean}, deviation {deviation}</source>
        <translation>{low} 到 {high}，均值 {mean}，标准差 {deviation}</translation>
    </message>
    <message>
        <source>{name}</source>
        <translation>{name}</translation>
    </message>
    <message>
        <source>{name} (all maps of the layer)</source>
        <translation>{name}（该层的所有特征图）</translation>
    </message>
    <message>
        <source>{name} (all maps of the network)</source>
        <translation>{name}（网络的所有特征图）</translation>
    </message>
    <message>
        <source>{name} (row {row}, column {column}, channel {channel})</source>
        <translation>{name}（第 {row} 行，第 {column} 列，通道 {channel}）</translation>
    </message>
    <message>
        <source>{name} (this map alone)</source>
        <translation>{name}（仅此特征图）</translation>
    </message>
    <message>
        <source>{name} ({plane})</source>
        <translation>{name}（{plane}）</translation>
    </message>
    <message>
        <source>{name} can't be opened: {reason}.</source>
        <translation>无法打开 {name}：{reason}。</translation>
    </message>
    <message>
        <source>{name} can't be shown in the strip, at layer {layer}: {reason}</source>
        <translation>{name} 无法显示在网络条中，到层 {layer} 为止：{reason}</translation>
    </message>
    <message>
        <source>{name} can't be shown in the strip: {reason}.</source>
        <translation>{name} 无法显示在网络条中：{reason}。</translation>
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
        <source>{name}'s weights</source>
        <translation>{name} 的权重</translation>
    </message>
    <message>
        <source>{name}, filter {number}</source>
        <translation>{name}，滤波器 {number}</translation>
    </message>
    <message>
        <source>{name}, map {map}, row {row}, column {column} = {value}</source>
        <translation>{name}，特征图 {map}，第 {row} 行，第 {column} 列 = {value}</translation>
    </message>
    <message>
        <source>{name}, number {number} = {value}</source>
        <translation>{name}，第 {number} 个数 = {value}</translation>
    </message>
    <message>
        <source>{name}, unit {number}</source>
        <translation>{name}，单元 {number}</translation>
    </message>
    <message>
        <source>{name}: a layer before it can't be applied</source>
        <translation>{name}：前面有一层无法应用</translation>
    </message>
    <message>
        <source>{name}: difference</source>
        <translation>{name}：差异</translation>
    </message>
    <message>
        <source>{name}: to place {place}</source>
        <translation>{name}：移到第 {place} 位</translation>
    </message>
    <message>
        <source>{name}: {shape}</source>
        <translation>{name}：{shape}</translation>
    </message>
    <message>
        <source>{name}: {size}</source>
        <translation>{name}：{size}</translation>
    </message>
    <message>
        <source>{number} M</source>
        <translation>{number} 百万</translation>
    </message>
    <message>
        <source>{number} MB</source>
        <translation>{number} MB</translation>
    </message>
    <message>
        <source>{number} bytes</source>
        <translation>{number} 字节</translation>
    </message>
    <message>
        <source>{number} kB</source>
        <translation>{number} kB</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number}/{count}</translation>
    </message>
    <message>
        <source>{other} was put before {layer}.</source>
        <translation>已在 {layer} 之前加入 {other}。</translation>
    </message>
    <message>
        <source>{part}, written with {style}. Made with CNN Explorer.</source>
        <translation>{part}（{style}）。由 CNN Explorer 生成。</translation>
    </message>
    <message>
        <source>{percent} % {kernel}</source>
        <translation>与“{kernel}”相似 {percent} %</translation>
    </message>
    <message>
        <source>{percent} % {kernel}, with every sign turned</source>
        <translation>与“{kernel}”相似 {percent} %，符号全部相反</translation>
    </message>
    <message>
        <source>{product} = {count}</source>
        <translation>{product} = {count}</translation>
    </message>
    <message>
        <source>{product} = {count} (shared)</source>
        <translation>{product} = {count}（共享）</translation>
    </message>
    <message>
        <source>{reader} reads layer {layer}, which isn't there</source>
        <translation>{reader} 读取不存在的层 {layer}</translation>
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
        <source>{size} against {other}</source>
        <translation>{size} 对比 {other}</translation>
    </message>
    <message>
        <source>{size} pixels</source>
        <translation>{size} 像素</translation>
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
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>{title} could not be downloaded: {reason}. {otherwise}</source>
        <translation>无法下载{title}：{reason}。{otherwise}</translation>
    </message>
    <message>
        <source>{told} Blue comes first, then green and red.</source>
        <translation>{told}通道顺序为蓝、绿、红。</translation>
    </message>
    <message>
        <source>{told} Its first layer makes values from {low} to {high} of them.</source>
        <translation>{told}第一层将其变换为 {low} 到 {high} 的值。</translation>
    </message>
    <message>
        <source>{told} Left out, because they work in training only: {names}.</source>
        <translation>{told}已略去只在训练时起作用的层：{names}。</translation>
    </message>
    <message>
        <source>{told} The first layer brings the pixels to the values that the model expects.</source>
        <translation>{told}第一层将像素转换为模型所要求的值。</translation>
    </message>
    <message>
        <source>{true} taken for {taken}: {count}</source>
        <translation>{true} 误判为 {taken}：{count}</translation>
    </message>
    <message>
        <source>{variable} can't be read: it has no cluster.</source>
        <translation>无法读取 {variable}：其中没有 cluster。</translation>
    </message>
    <message>
        <source>{variable} can't be read: it is not JSON.</source>
        <translation>无法读取 {variable}：不是 JSON。</translation>
    </message>
    <message>
        <source>{what} It reads or writes files: {operations}.</source>
        <translation>{what}它会读写文件：{operations}。</translation>
    </message>
    <message>
        <source>{what} Save the model as a .keras file and open that.</source>
        <translation>{what}请将模型另存为 .keras 文件再打开。</translation>
    </message>
    <message>
        <source>{what} {reason}</source>
        <translation>{what}{reason}</translation>
    </message>
    <message>
        <source>{what}: this colour is {value}</source>
        <translation>{what}：此颜色表示 {value}</translation>
    </message>
    <message>
        <source>{wrong} of {count} images are left out. The first: {reason}</source>
        <translation>{count} 张图像中略过了 {wrong} 张。第一张：{reason}</translation>
    </message>
    <message>
        <source>{wrong} of {count} test images are mistaken.</source>
        <translation>{count} 张测试图像中有 {wrong} 张识别错误。</translation>
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
