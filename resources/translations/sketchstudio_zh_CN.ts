<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
  <context>
    <name>sketchstudio</name>
    <message>
      <source> or </source>
      <translation> 或 </translation>
    </message>
    <message numerus="yes">
      <source>%n code(s) imported</source>
      <translation>
        <numerusform>已导入 %n 个编码</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n drawings</source>
      <translation>
        <numerusform>%n 幅画</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n examples</source>
      <translation>
        <numerusform>%n 个例子</numerusform>
      </translation>
    </message>
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
      <source>&amp;Model</source>
      <translation>模型(&amp;M)</translation>
    </message>
    <message>
      <source>&amp;Page</source>
      <translation>页面(&amp;P)</translation>
    </message>
    <message>
      <source>&amp;Tools</source>
      <translation>工具(&amp;T)</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>视图(&amp;V)</translation>
    </message>
    <message>
      <source>, </source>
      <translation>、</translation>
    </message>
    <message>
      <source>0: as drawn. To 0.6: less jitter. Beyond: the line is pulled along on a string.</source>
      <translation>0：原样。0.6 以内：减少抖动。更大：线条像被绳子牵着走。</translation>
    </message>
    <message>
      <source>1 arrowhead</source>
      <translation>1 个箭头</translation>
    </message>
    <message>
      <source>1 clip path</source>
      <translation>1 个裁剪路径</translation>
    </message>
    <message>
      <source>1 effect</source>
      <translation>1 个滤镜效果</translation>
    </message>
    <message>
      <source>1 image</source>
      <translation>1 张图像</translation>
    </message>
    <message>
      <source>1 mask</source>
      <translation>1 个蒙版</translation>
    </message>
    <message>
      <source>1 text</source>
      <translation>1 段文字</translation>
    </message>
    <message>
      <source>95 % confidence interval: {low} to {high}.</source>
      <translation>95% 置信区间：{low} 至 {high}。</translation>
    </message>
    <message>
      <source>A category…</source>
      <translation>选择类别…</translation>
    </message>
    <message>
      <source>A crash would cost what you draw now: {reason}. Make room, and save.</source>
      <translation>现在画的内容无法防备崩溃：{reason}。请腾出空间并保存。</translation>
    </message>
    <message>
      <source>A device that is not there is passed over.</source>
      <translation>没有的设备会被跳过。</translation>
    </message>
    <message>
      <source>A drawing that has what shall be added, such as whiskers</source>
      <translation>含有要添加之物（例如胡须）的图</translation>
    </message>
    <message>
      <source>A drawing without it</source>
      <translation>不含它的图</translation>
    </message>
    <message>
      <source>A drawing, a picture, or a photo of one on paper</source>
      <translation>绘画、图片，或纸上绘画的照片</translation>
    </message>
    <message>
      <source>A pad between four</source>
      <translation>四个草图之间的面板</translation>
    </message>
    <message>
      <source>A stroke held still at its end becomes the line, box, ellipse or polygon it comes near to</source>
      <translation>笔画结束时停住不动，会变成与它最接近的直线、矩形、椭圆或多边形</translation>
    </message>
    <message>
      <source>A stroke held still at its end becomes the shape it comes near to</source>
      <translation>笔画结束时停住不动，会变成与它最接近的形状</translation>
    </message>
    <message>
      <source>A zoo</source>
      <translation>动物园</translation>
    </message>
    <message>
      <source>About sketchstudio</source>
      <translation>关于 sketchstudio</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>接受</translation>
    </message>
    <message>
      <source>Accept One Stroke</source>
      <translation>接受一笔</translation>
    </message>
    <message>
      <source>Accept completion</source>
      <translation>接受续画</translation>
    </message>
    <message>
      <source>Accept redrawing</source>
      <translation>接受重画</translation>
    </message>
    <message>
      <source>Accept replacement</source>
      <translation>接受替换</translation>
    </message>
    <message>
      <source>Accept stroke</source>
      <translation>接受一笔</translation>
    </message>
    <message>
      <source>Across: how hard you press. Up: how hard it draws.</source>
      <translation>横向：按压力度；纵向：绘制力度。</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Actions</source>
      <translation>操作</translation>
    </message>
    <message>
      <source>Actions and their keys</source>
      <translation>操作及其快捷键</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>添加</translation>
    </message>
    <message>
      <source>Add Layer</source>
      <translation>新建图层</translation>
    </message>
    <message>
      <source>Add a difference</source>
      <translation>添加差异</translation>
    </message>
    <message>
      <source>Add layer</source>
      <translation>新建图层</translation>
    </message>
    <message>
      <source>Add nothing</source>
      <translation>什么都不添加</translation>
    </message>
    <message>
      <source>Again</source>
      <translation>再来一个</translation>
    </message>
    <message>
      <source>Again and again</source>
      <translation>循环播放</translation>
    </message>
    <message>
      <source>All alternatives are pinned: let one go first</source>
      <translation>所有方案都已固定：请先放开一个</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>所有文件</translation>
    </message>
    <message>
      <source>All it draws</source>
      <translation>画多少加多少</translation>
    </message>
    <message>
      <source>All of these are there already</source>
      <translation>这些编码都已经有了</translation>
    </message>
    <message>
      <source>All open windows</source>
      <translation>所有打开的窗口</translation>
    </message>
    <message>
      <source>All that lie on the way</source>
      <translation>途中的每一张</translation>
    </message>
    <message>
      <source>Alternative {number} of {count}</source>
      <translation>第 {number} 个方案，共 {count} 个</translation>
    </message>
    <message>
      <source>Always</source>
      <translation>总是</translation>
    </message>
    <message>
      <source>Among your codes, with a name</source>
      <translation>命名后存入你的编码</translation>
    </message>
    <message>
      <source>And back again</source>
      <translation>再放回来</translation>
    </message>
    <message>
      <source>Animated SVG: lines that stay sharp</source>
      <translation>动态 SVG：线条始终清晰</translation>
    </message>
    <message>
      <source>Animations</source>
      <translation>动画</translation>
    </message>
    <message>
      <source>Another colour</source>
      <translation>其他颜色</translation>
    </message>
    <message>
      <source>Another colour…</source>
      <translation>其他颜色…</translation>
    </message>
    <message>
      <source>Another drawing for end {letter}</source>
      <translation>为 {letter} 端换一张图</translation>
    </message>
    <message>
      <source>Another drawing of this kind</source>
      <translation>换一张同类的图</translation>
    </message>
    <message>
      <source>Another proposal, with the next seed</source>
      <translation>用下一个种子再提一个方案</translation>
    </message>
    <message>
      <source>Another seed</source>
      <translation>换一个种子</translation>
    </message>
    <message>
      <source>Any of them, by chance</source>
      <translation>随机选一个</translation>
    </message>
    <message>
      <source>Apply Proposal</source>
      <translation>采用方案</translation>
    </message>
    <message>
      <source>Apply completion</source>
      <translation>采用续画</translation>
    </message>
    <message>
      <source>Apply redrawing</source>
      <translation>采用重画</translation>
    </message>
    <message>
      <source>Apply replacement</source>
      <translation>采用替换</translation>
    </message>
    <message>
      <source>As GIF, WebP or animated SVG</source>
      <translation>GIF、WebP 或动态 SVG</translation>
    </message>
    <message>
      <source>As SVG, PNG, PDF or as a replay, with a preview</source>
      <translation>导出为 SVG、PNG、PDF 或回放，并可预览</translation>
    </message>
    <message>
      <source>As it was drawn</source>
      <translation>按绘制时的速度</translation>
    </message>
    <message>
      <source>As opened</source>
      <translation>打开时的样子</translation>
    </message>
    <message>
      <source>As the System</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>As the system</source>
      <translation>跟随系统</translation>
    </message>
    <message>
      <source>Automatic</source>
      <translation>自动</translation>
    </message>
    <message>
      <source>Automatic: it draws until a pen is seen. Two always move and zoom the page.</source>
      <translation>自动：在检测到画笔之前可以绘画。双指始终用于移动和缩放页面。</translation>
    </message>
    <message>
      <source>Background</source>
      <translation>背景</translation>
    </message>
    <message>
      <source>Backspace takes the last answer back</source>
      <translation>退格键可收回上一个回答</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>之前</translation>
    </message>
    <message>
      <source>Begin this example anew</source>
      <translation>重新画这个例子</translation>
    </message>
    <message>
      <source>Being made…</source>
      <translation>正在生成…</translation>
    </message>
    <message>
      <source>Black</source>
      <translation>黑色</translation>
    </message>
    <message>
      <source>Blend</source>
      <translation>混合</translation>
    </message>
    <message>
      <source>Blend Beyond the Ends</source>
      <translation>超出两端混合</translation>
    </message>
    <message>
      <source>Blend Four on a Pad</source>
      <translation>在面板上混合四个</translation>
    </message>
    <message>
      <source>Blend as</source>
      <translation>混合端</translation>
    </message>
    <message>
      <source>Blend in a Straight Line</source>
      <translation>沿直线混合</translation>
    </message>
    <message>
      <source>Blend {names}</source>
      <translation>混合 {names}</translation>
    </message>
    <message>
      <source>Blending needs the model, which could not be loaded.</source>
      <translation>混合需要模型，但模型无法载入。</translation>
    </message>
    <message>
      <source>Blends appear here once the model is loaded.</source>
      <translation>模型载入后，混合结果会显示在这里。</translation>
    </message>
    <message>
      <source>Blends of {names}</source>
      <translation>{names} 的混合</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>蓝色</translation>
    </message>
    <message>
      <source>Breakfast</source>
      <translation>早餐</translation>
    </message>
    <message>
      <source>Bring Picture into View</source>
      <translation>将图片移到可见处</translation>
    </message>
    <message>
      <source>Busy…</source>
      <translation>忙碌中…</translation>
    </message>
    <message>
      <source>Buttons</source>
      <translation>按键</translation>
    </message>
    <message>
      <source>CPU</source>
      <translation>CPU</translation>
    </message>
    <message>
      <source>CUDA</source>
      <translation>CUDA</translation>
    </message>
    <message>
      <source>Can you tell who drew it?</source>
      <translation>你能看出是谁画的吗？</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>取消</translation>
    </message>
    <message>
      <source>Categories</source>
      <translation>类别</translation>
    </message>
    <message>
      <source>Category to go to</source>
      <translation>要前往的类别</translation>
    </message>
    <message>
      <source>Change layer</source>
      <translation>更改图层</translation>
    </message>
    <message>
      <source>Change layer opacity</source>
      <translation>更改图层不透明度</translation>
    </message>
    <message>
      <source>Change page</source>
      <translation>更改页面</translation>
    </message>
    <message>
      <source>Change paper</source>
      <translation>更改纸张</translation>
    </message>
    <message>
      <source>Change picture's opacity</source>
      <translation>更改图片不透明度</translation>
    </message>
    <message>
      <source>Change smoothing</source>
      <translation>更改平滑度</translation>
    </message>
    <message>
      <source>Change width</source>
      <translation>更改粗细</translation>
    </message>
    <message>
      <source>Choose Layer Above</source>
      <translation>选择上一图层</translation>
    </message>
    <message>
      <source>Choose Layer Below</source>
      <translation>选择下一图层</translation>
    </message>
    <message>
      <source>Choose a drawing that has something, and one that lacks it.</source>
      <translation>选一张含有某样东西的图，再选一张没有它的。</translation>
    </message>
    <message>
      <source>Choose an action, then press its new key in the field.</source>
      <translation>先选择一个操作，再在输入框中按下新的快捷键。</translation>
    </message>
    <message>
      <source>Choose end {letter}</source>
      <translation>选择 {letter} 端</translation>
    </message>
    <message>
      <source>Choose what the model shall draw in the place of the selected strokes, or of all</source>
      <translation>选择让模型画什么来代替所选笔画，或代替全部</translation>
    </message>
    <message>
      <source>Choose what the model shall make of it</source>
      <translation>选择让模型把它画成什么</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>清除</translation>
    </message>
    <message>
      <source>Clear Page</source>
      <translation>清空页面</translation>
    </message>
    <message>
      <source>Clear This List</source>
      <translation>清空此列表</translation>
    </message>
    <message>
      <source>Clear page</source>
      <translation>清空页面</translation>
    </message>
    <message>
      <source>Click to leave it out</source>
      <translation>点击即可去掉</translation>
    </message>
    <message>
      <source>Click to see it larger, with Shift smaller</source>
      <translation>单击放大，按住 Shift 单击缩小</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>关闭</translation>
    </message>
    <message>
      <source>Close Window</source>
      <translation>关闭窗口</translation>
    </message>
    <message>
      <source>Close gaps in broken lines.</source>
      <translation>把断开的线条连起来。</translation>
    </message>
    <message>
      <source>Close: what it sees in your ink, drawn with a little life</source>
      <translation>贴近：画出它在你的笔迹里看到的，略带生气</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>Codes</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>Colour</source>
      <translation>颜色</translation>
    </message>
    <message>
      <source>Colour as #rrggbb</source>
      <translation>颜色（#rrggbb）</translation>
    </message>
    <message>
      <source>Colour of the paper</source>
      <translation>纸张颜色</translation>
    </message>
    <message>
      <source>Compare Models</source>
      <translation>比较模型</translation>
    </message>
    <message>
      <source>Complete</source>
      <translation>续画</translation>
    </message>
    <message>
      <source>Complete As…</source>
      <translation>续画成…</translation>
    </message>
    <message>
      <source>Complete it as: {name}</source>
      <translation>续画成：{name}</translation>
    </message>
    <message>
      <source>Completion</source>
      <translation>续画</translation>
    </message>
    <message>
      <source>Copy</source>
      <translation>复制</translation>
    </message>
    <message>
      <source>Copy Seed</source>
      <translation>复制种子</translation>
    </message>
    <message>
      <source>Copy all to canvas</source>
      <translation>全部复制到画布</translation>
    </message>
    <message>
      <source>Copy comparison</source>
      <translation>复制比较结果</translation>
    </message>
    <message>
      <source>Copy to canvas</source>
      <translation>复制到画布</translation>
    </message>
    <message>
      <source>Copy to canvas: {model}</source>
      <translation>复制到画布：{model}</translation>
    </message>
    <message>
      <source>Crash Report</source>
      <translation>崩溃报告</translation>
    </message>
    <message>
      <source>Crash Report…</source>
      <translation>崩溃报告…</translation>
    </message>
    <message>
      <source>Ctrl + wheel</source>
      <translation>Ctrl + 滚轮</translation>
    </message>
    <message>
      <source>Curves</source>
      <translation>曲线</translation>
    </message>
    <message>
      <source>Custom</source>
      <translation>自定义</translation>
    </message>
    <message>
      <source>Cut</source>
      <translation>剪切</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>深色</translation>
    </message>
    <message>
      <source>Decide Later</source>
      <translation>稍后决定</translation>
    </message>
    <message>
      <source>Decimals</source>
      <translation>小数位数</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>删除</translation>
    </message>
    <message>
      <source>Delete Layer</source>
      <translation>删除图层</translation>
    </message>
    <message>
      <source>Delete layer</source>
      <translation>删除图层</translation>
    </message>
    <message>
      <source>Delete what is selected for good?</source>
      <translation>永久删除所选的画？</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>删除…</translation>
    </message>
    <message>
      <source>Despeckle</source>
      <translation>去斑点</translation>
    </message>
    <message>
      <source>Device</source>
      <translation>设备</translation>
    </message>
    <message>
      <source>Discard Proposal</source>
      <translation>丢弃方案</translation>
    </message>
    <message>
      <source>Discard proposal</source>
      <translation>丢弃方案</translation>
    </message>
    <message>
      <source>Dots</source>
      <translation>点阵</translation>
    </message>
    <message>
      <source>Dotted Paper</source>
      <translation>点阵纸</translation>
    </message>
    <message>
      <source>Double-click to rename</source>
      <translation>双击重命名</translation>
    </message>
    <message>
      <source>Drag it, or its corners to scale it</source>
      <translation>拖动图片，或拖动四角缩放</translation>
    </message>
    <message>
      <source>Drag the picture to move it, its corners to scale it.</source>
      <translation>拖动图片可移动，拖动四角可缩放。</translation>
    </message>
    <message>
      <source>Drag the point or use the arrow keys; a corner chooses what is there.</source>
      <translation>拖动圆点或用方向键；点角可选择那里的图。</translation>
    </message>
    <message>
      <source>Draw</source>
      <translation>绘制</translation>
    </message>
    <message>
      <source>Draw here to try it</source>
      <translation>在此试画</translation>
    </message>
    <message>
      <source>Draw on in a colour that is on the page</source>
      <translation>用页面上已有的颜色继续绘画</translation>
    </message>
    <message>
      <source>Draw one example</source>
      <translation>画一个例子</translation>
    </message>
    <message>
      <source>Draw something first, then let the model go on</source>
      <translation>请先画点什么，再让模型接着画</translation>
    </message>
    <message>
      <source>Draw something first: it appears here.</source>
      <translation>先画点什么，它会显示在这里。</translation>
    </message>
    <message>
      <source>Draw something here, then press {key}: the model goes on.</source>
      <translation>在这里画点什么，然后按 {key}：模型会接着画。</translation>
    </message>
    <message>
      <source>Draw something here.</source>
      <translation>在这里画点什么。</translation>
    </message>
    <message>
      <source>Draw together with a neural network.</source>
      <translation>与神经网络一起画画。</translation>
    </message>
    <message>
      <source>Draw with all you have. If a pen draws in the colour of the mouse, or without pressure, its driver passes it off as a mouse.</source>
      <translation>请用你的所有设备试画。如果画笔画出的是鼠标的颜色，或没有压感，说明驱动程序把它当成了鼠标。</translation>
    </message>
    <message>
      <source>Draw {count} or more examples</source>
      <translation>请画 {count} 个以上的例子</translation>
    </message>
    <message>
      <source>Drawing {file}…</source>
      <translation>正在绘制 {file}…</translation>
    </message>
    <message>
      <source>Drawings</source>
      <translation>绘图</translation>
    </message>
    <message>
      <source>Drawings and pictures</source>
      <translation>绘画和图片</translation>
    </message>
    <message>
      <source>Drawings by people</source>
      <translation>人画的画</translation>
    </message>
    <message>
      <source>Drawings that were not saved when sketchstudio ended</source>
      <translation>sketchstudio 结束时尚未保存的画</translation>
    </message>
    <message>
      <source>Drawings to recover</source>
      <translation>可恢复的画</translation>
    </message>
    <message>
      <source>Drawing…</source>
      <translation>正在画…</translation>
    </message>
    <message>
      <source>Drawn by: {who}. You said: {said}.</source>
      <translation>作者：{who}。你的回答：{said}。</translation>
    </message>
    <message>
      <source>Draws</source>
      <translation>绘画</translation>
    </message>
    <message>
      <source>Drop the proposal</source>
      <translation>放弃方案</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>再制</translation>
    </message>
    <message>
      <source>Edges of painted areas</source>
      <translation>涂色区域的边缘</translation>
    </message>
    <message>
      <source>End {letter}</source>
      <translation>{letter} 端</translation>
    </message>
    <message>
      <source>Endless</source>
      <translation>无限</translation>
    </message>
    <message>
      <source>Erase</source>
      <translation>擦除</translation>
    </message>
    <message>
      <source>Erase part</source>
      <translation>擦除部分</translation>
    </message>
    <message>
      <source>Erase what is touched rather than whole strokes; Alt does it for once</source>
      <translation>只擦除碰到的部分而不是整个笔画；按住 Alt 可临时切换</translation>
    </message>
    <message>
      <source>Eraser</source>
      <translation>橡皮</translation>
    </message>
    <message>
      <source>Eraser Cuts Strokes</source>
      <translation>橡皮擦切断笔画</translation>
    </message>
    <message>
      <source>Eraser cuts strokes</source>
      <translation>橡皮擦切断笔画</translation>
    </message>
    <message>
      <source>Eraser end of the pen</source>
      <translation>笔尾橡皮</translation>
    </message>
    <message>
      <source>Eraser width</source>
      <translation>橡皮擦大小</translation>
    </message>
    <message>
      <source>Erases</source>
      <translation>擦除</translation>
    </message>
    <message>
      <source>Even</source>
      <translation>均匀</translation>
    </message>
    <message>
      <source>Events per second</source>
      <translation>每秒事件数</translation>
    </message>
    <message>
      <source>Every point</source>
      <translation>保留每个点</translation>
    </message>
    <message>
      <source>Example</source>
      <translation>例子</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>导出</translation>
    </message>
    <message>
      <source>Export Animation</source>
      <translation>导出动画</translation>
    </message>
    <message>
      <source>Export Animation…</source>
      <translation>导出动画…</translation>
    </message>
    <message>
      <source>Export Codes</source>
      <translation>导出编码</translation>
    </message>
    <message>
      <source>Export Codes…</source>
      <translation>导出编码…</translation>
    </message>
    <message>
      <source>Exported {file}</source>
      <translation>已导出 {file}</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>导出…</translation>
    </message>
    <message>
      <source>Favourite</source>
      <translation>收藏</translation>
    </message>
    <message>
      <source>Find an Action</source>
      <translation>查找操作</translation>
    </message>
    <message>
      <source>Find an Action…</source>
      <translation>查找操作…</translation>
    </message>
    <message>
      <source>Finger</source>
      <translation>手指</translation>
    </message>
    <message>
      <source>Firm</source>
      <translation>重</translation>
    </message>
    <message>
      <source>Focus Mode</source>
      <translation>专注模式</translation>
    </message>
    <message>
      <source>For Complete, Redraw and Replace</source>
      <translation>用于续画、重画和替换</translation>
    </message>
    <message>
      <source>For pens that feel how hard you press.</source>
      <translation>适用于能感知压力的笔。</translation>
    </message>
    <message>
      <source>For taking turns; 0: as many as the model draws.</source>
      <translation>用于轮流作画；0：模型画多少就加多少。</translation>
    </message>
    <message>
      <source>For {count} sketches ten drawings are needed; with these it is a test of {asked}, which tells less.</source>
      <translation>{count} 幅草图的测试需要十幅画；现有的只够 {asked} 幅，结论也更弱。</translation>
    </message>
    <message>
      <source>Forget the past proposal</source>
      <translation>忘掉这个以往的方案</translation>
    </message>
    <message>
      <source>Free: like your ink, with something of other drawings</source>
      <translation>自由：像你的笔迹，又带点别的画</translation>
    </message>
    <message>
      <source>From 0, which tidies your drawing, to 1, which surprises you.</source>
      <translation>0 表示整理你的画，1 表示给你惊喜。</translation>
    </message>
    <message>
      <source>From Canvas</source>
      <translation>取自画布</translation>
    </message>
    <message>
      <source>From a file…</source>
      <translation>从文件…</translation>
    </message>
    <message>
      <source>From cat to car</source>
      <translation>从猫到汽车</translation>
    </message>
    <message>
      <source>From how hard you press to how hard it draws</source>
      <translation>从按压力度到绘制力度</translation>
    </message>
    <message>
      <source>From tidying your drawing to surprising you</source>
      <translation>从整理你的画到给你惊喜</translation>
    </message>
    <message>
      <source>Full Screen</source>
      <translation>全屏</translation>
    </message>
    <message>
      <source>GIF: plays everywhere</source>
      <translation>GIF：到处都能播放</translation>
    </message>
    <message>
      <source>Give it a name</source>
      <translation>请起个名字</translation>
    </message>
    <message>
      <source>Give it a shorter name</source>
      <translation>请起个短一点的名字</translation>
    </message>
    <message>
      <source>Go On</source>
      <translation>继续</translation>
    </message>
    <message>
      <source>Go on with a drawing</source>
      <translation>继续之前的绘图</translation>
    </message>
    <message>
      <source>Go to</source>
      <translation>前往</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>绿色</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>灰色</translation>
    </message>
    <message>
      <source>Grid</source>
      <translation>方格</translation>
    </message>
    <message>
      <source>Grid Paper</source>
      <translation>方格纸</translation>
    </message>
    <message>
      <source>Hand</source>
      <translation>抓手</translation>
    </message>
    <message>
      <source>Height of the page</source>
      <translation>页面高度</translation>
    </message>
    <message>
      <source>Hide Layer</source>
      <translation>隐藏图层</translation>
    </message>
    <message>
      <source>Hide layer</source>
      <translation>隐藏图层</translation>
    </message>
    <message>
      <source>Hide picture</source>
      <translation>隐藏图片</translation>
    </message>
    <message>
      <source>Hide the layer</source>
      <translation>隐藏图层</translation>
    </message>
    <message>
      <source>Highlight</source>
      <translation>荧光标记</translation>
    </message>
    <message>
      <source>Highlighter</source>
      <translation>荧光笔</translation>
    </message>
    <message>
      <source>Hints on an empty page</source>
      <translation>空白页上的提示</translation>
    </message>
    <message>
      <source>History</source>
      <translation>历史记录</translation>
    </message>
    <message>
      <source>Hold the whole drawing</source>
      <translation>包含完整画作</translation>
    </message>
    <message>
      <source>Hold to Straighten</source>
      <translation>停住变规整</translation>
    </message>
    <message>
      <source>Hold to straighten</source>
      <translation>停住变规整</translation>
    </message>
    <message>
      <source>How far curves may be off: the farther, the fewer nodes</source>
      <translation>曲线允许的偏差：越大，节点越少</translation>
    </message>
    <message>
      <source>Hue</source>
      <translation>色相</translation>
    </message>
    <message>
      <source>Human</source>
      <translation>人</translation>
    </message>
    <message>
      <source>Human or Machine?</source>
      <translation>人还是机器？</translation>
    </message>
    <message>
      <source>Import Codes</source>
      <translation>导入编码</translation>
    </message>
    <message>
      <source>Import Codes…</source>
      <translation>导入编码…</translation>
    </message>
    <message>
      <source>Import Picture</source>
      <translation>导入图片</translation>
    </message>
    <message>
      <source>Import Picture…</source>
      <translation>导入图片…</translation>
    </message>
    <message>
      <source>Influence and Seed…</source>
      <translation>影响力和种子…</translation>
    </message>
    <message>
      <source>Influence of the model</source>
      <translation>模型的影响力</translation>
    </message>
    <message>
      <source>Influence on proposals</source>
      <translation>对方案的影响力</translation>
    </message>
    <message>
      <source>Install sketchstudio again to get its model back, or train one as the README says.</source>
      <translation>请重新安装 sketchstudio 以恢复模型，或按 README 所述自行训练。</translation>
    </message>
    <message>
      <source>Interface</source>
      <translation>界面</translation>
    </message>
    <message>
      <source>Invert: light lines on dark</source>
      <translation>反相：深底浅线</translation>
    </message>
    <message>
      <source>It is open in another window. Close it there, or save under another name.</source>
      <translation>它正在另一个窗口中打开。请在那里关闭它，或换个名称保存。</translation>
    </message>
    <message>
      <source>It is too large: {reason}. Move some of it to another drawing.</source>
      <translation>它太大了：{reason}。请将一部分移到另一幅画。</translation>
    </message>
    <message>
      <source>It takes what it touches, not whole strokes</source>
      <translation>只擦除碰到的部分，而不是整个笔画</translation>
    </message>
    <message>
      <source>It was changed by another program or window since it was opened here. Save under another name.</source>
      <translation>自在这里打开之后，它已被另一个程序或窗口更改。请换个名称保存。</translation>
    </message>
    <message>
      <source>Its ink joins that of the layer below, whose name and opacity stay</source>
      <translation>笔迹并入下方图层，保留下方图层的名称和不透明度</translation>
    </message>
    <message>
      <source>Ivory</source>
      <translation>象牙色</translation>
    </message>
    <message>
      <source>Join gaps</source>
      <translation>连接断线</translation>
    </message>
    <message>
      <source>Keep This Blend</source>
      <translation>保留这个混合</translation>
    </message>
    <message>
      <source>Keep a blend you like: it can be an end of others, or be shared.</source>
      <translation>保留喜欢的混合：它可以作为其他混合的一端，也可以分享。</translation>
    </message>
    <message>
      <source>Keep the first stroke of the proposal, and go on proposing the others</source>
      <translation>保留方案的第一笔，其余的继续作为方案</translation>
    </message>
    <message>
      <source>Keep the past proposal</source>
      <translation>保留这个以往的方案</translation>
    </message>
    <message>
      <source>Keep the proposal</source>
      <translation>保留方案</translation>
    </message>
    <message>
      <source>Keep this blend</source>
      <translation>保留这个混合</translation>
    </message>
    <message>
      <source>Keyboard Shortcuts</source>
      <translation>键盘快捷键</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>类型</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>语言</translation>
    </message>
    <message>
      <source>Large, in the middle of the window</source>
      <translation>放大并置于窗口中央</translation>
    </message>
    <message>
      <source>Lasso</source>
      <translation>套索</translation>
    </message>
    <message>
      <source>Last object</source>
      <translation>最后一个物体</translation>
    </message>
    <message>
      <source>Latent Map</source>
      <translation>潜空间地图</translation>
    </message>
    <message>
      <source>Latent map</source>
      <translation>潜空间地图</translation>
    </message>
    <message>
      <source>Lay picture under</source>
      <translation>垫入图片</translation>
    </message>
    <message>
      <source>Lay under the Page</source>
      <translation>垫在画面下</translation>
    </message>
    <message>
      <source>Layer {number}</source>
      <translation>图层 {number}</translation>
    </message>
    <message>
      <source>Layers</source>
      <translation>图层</translation>
    </message>
    <message>
      <source>Layers as Inkscape has them</source>
      <translation>Inkscape 式图层</translation>
    </message>
    <message>
      <source>Laying out the map…</source>
      <translation>正在绘制地图…</translation>
    </message>
    <message>
      <source>Learning “{name}”…</source>
      <translation>正在学习“{name}”…</translation>
    </message>
    <message>
      <source>Leave out what is small: dust, grain, dots.</source>
      <translation>去掉细小的东西：灰尘、颗粒、小点。</translation>
    </message>
    <message>
      <source>Leave the model as it was</source>
      <translation>让模型保持原样</translation>
    </message>
    <message>
      <source>Left out, being no ink: {what}</source>
      <translation>已略去（不能成为笔迹）：{what}</translation>
    </message>
    <message>
      <source>Length</source>
      <translation>时长</translation>
    </message>
    <message>
      <source>Let It Go</source>
      <translation>放开</translation>
    </message>
    <message>
      <source>Let it go</source>
      <translation>放开</translation>
    </message>
    <message>
      <source>Let pressure thin the line</source>
      <translation>让压力改变线条粗细</translation>
    </message>
    <message>
      <source>Letter</source>
      <translation>信纸</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>浅色</translation>
    </message>
    <message>
      <source>Line weight</source>
      <translation>线条粗细</translation>
    </message>
    <message>
      <source>Line width</source>
      <translation>线宽</translation>
    </message>
    <message>
      <source>Line width {width} px</source>
      <translation>线宽 {width} px</translation>
    </message>
    <message>
      <source>Lined Paper</source>
      <translation>横线纸</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>横线</translation>
    </message>
    <message>
      <source>Lines from Picture…</source>
      <translation>从图片提取线条…</translation>
    </message>
    <message>
      <source>Lines from a Picture</source>
      <translation>从图片提取线条</translation>
    </message>
    <message>
      <source>Lines, outlines where they vary</source>
      <translation>线条；粗细变化处用轮廓</translation>
    </message>
    <message>
      <source>Live</source>
      <translation>实时</translation>
    </message>
    <message>
      <source>Loading the model…</source>
      <translation>正在载入模型…</translation>
    </message>
    <message>
      <source>Lock Layer</source>
      <translation>锁定图层</translation>
    </message>
    <message>
      <source>Lock Picture</source>
      <translation>锁定图片</translation>
    </message>
    <message>
      <source>Lock layer</source>
      <translation>锁定图层</translation>
    </message>
    <message>
      <source>Lock picture</source>
      <translation>锁定图片</translation>
    </message>
    <message>
      <source>Lock the layer</source>
      <translation>锁定图层</translation>
    </message>
    <message>
      <source>Log: {folder}</source>
      <translation>日志：{folder}</translation>
    </message>
    <message>
      <source>Looking for lines…</source>
      <translation>正在寻找线条…</translation>
    </message>
    <message>
      <source>Looks like: {names}</source>
      <translation>看起来像：{names}</translation>
    </message>
    <message>
      <source>Low: only the darkest lines. High: faint ones, too.</source>
      <translation>低：只取最深的线条。高：浅的也取。</translation>
    </message>
    <message>
      <source>Low: the likeliest lines. High: as varied as people draw.</source>
      <translation>低：最可能的线条。高：像人画的一样多变。</translation>
    </message>
    <message>
      <source>Lower Layer</source>
      <translation>下移图层</translation>
    </message>
    <message>
      <source>MPS</source>
      <translation>MPS</translation>
    </message>
    <message>
      <source>Machine</source>
      <translation>机器</translation>
    </message>
    <message>
      <source>Magnifier</source>
      <translation>放大镜</translation>
    </message>
    <message>
      <source>Make the past proposal ink</source>
      <translation>把以往的方案变成笔迹</translation>
    </message>
    <message>
      <source>Make what is here end {letter} of the Blend panel</source>
      <translation>把这里作为混合面板的 {letter} 端</translation>
    </message>
    <message>
      <source>Margin</source>
      <translation>边距</translation>
    </message>
    <message>
      <source>Mark favourite</source>
      <translation>收藏方案</translation>
    </message>
    <message>
      <source>Merge Layer Down</source>
      <translation>向下合并图层</translation>
    </message>
    <message>
      <source>Merge layer down</source>
      <translation>向下合并图层</translation>
    </message>
    <message>
      <source>Model</source>
      <translation>模型</translation>
    </message>
    <message numerus="yes">
      <source>Model {name}, %n categories</source>
      <translation>
        <numerusform>模型 {name}，%n 个类别</numerusform>
      </translation>
    </message>
    <message>
      <source>More Like This</source>
      <translation>更多类似的</translation>
    </message>
    <message>
      <source>More for this blend</source>
      <translation>更多混合操作</translation>
    </message>
    <message>
      <source>More of them can be compared:</source>
      <translation>还可以比较更多模型：</translation>
    </message>
    <message>
      <source>Mouse</source>
      <translation>鼠标</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>移动</translation>
    </message>
    <message>
      <source>Move Picture</source>
      <translation>移动图片</translation>
    </message>
    <message>
      <source>Move Selection Here</source>
      <translation>将所选移到此处</translation>
    </message>
    <message>
      <source>Move layer</source>
      <translation>移动图层</translation>
    </message>
    <message>
      <source>Move picture</source>
      <translation>移动图片</translation>
    </message>
    <message>
      <source>Move the page</source>
      <translation>移动页面</translation>
    </message>
    <message>
      <source>Move to Layer</source>
      <translation>移到图层</translation>
    </message>
    <message>
      <source>Move to Layer Above</source>
      <translation>移到上方图层</translation>
    </message>
    <message>
      <source>Move to Layer Below</source>
      <translation>移到下方图层</translation>
    </message>
    <message>
      <source>Move to layer</source>
      <translation>移到其他图层</translation>
    </message>
    <message>
      <source>Moves the page</source>
      <translation>移动页面</translation>
    </message>
    <message>
      <source>My codes</source>
      <translation>我的编码</translation>
    </message>
    <message>
      <source>Name of what is taught</source>
      <translation>所教内容的名称</translation>
    </message>
    <message>
      <source>Neighbours are alike; gaps and far distances mean little.</source>
      <translation>相邻的彼此相似；空隙和远距离没有多少意义。</translation>
    </message>
    <message>
      <source>Never</source>
      <translation>从不</translation>
    </message>
    <message>
      <source>New</source>
      <translation>新建</translation>
    </message>
    <message>
      <source>New Window</source>
      <translation>新建窗口</translation>
    </message>
    <message>
      <source>New key</source>
      <translation>新快捷键</translation>
    </message>
    <message>
      <source>Next Alternative</source>
      <translation>下一个方案</translation>
    </message>
    <message>
      <source>No drawings yet</source>
      <translation>还没有绘图</translation>
    </message>
    <message>
      <source>No model: you can draw, but not complete, redraw or blend</source>
      <translation>没有模型：可以画画，但不能续画、重画或混合</translation>
    </message>
    <message>
      <source>None</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Not here: {models}.</source>
      <translation>缺少：{models}。</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>无</translation>
    </message>
    <message>
      <source>Nothing is called so.</source>
      <translation>没有叫这个名字的设置。</translation>
    </message>
    <message>
      <source>Nothing may be written there. Save under another name or in another folder.</source>
      <translation>那里不允许写入。请换个名称或文件夹保存。</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>现在</translation>
    </message>
    <message>
      <source>Now: {device}</source>
      <translation>当前：{device}</translation>
    </message>
    <message>
      <source>Nudge</source>
      <translation>微移</translation>
    </message>
    <message>
      <source>Of the past proposal</source>
      <translation>以往的方案的种子</translation>
    </message>
    <message>
      <source>Of the picture under the ink</source>
      <translation>墨迹下方图片的设置</translation>
    </message>
    <message>
      <source>Once more</source>
      <translation>再来一次</translation>
    </message>
    <message>
      <source>One finger</source>
      <translation>单指</translation>
    </message>
    <message>
      <source>One lesson at a time: wait until “{name}” is learnt</source>
      <translation>一次只能教一样：请等“{name}”学完</translation>
    </message>
    <message>
      <source>Only the Last Object</source>
      <translation>只针对最后一个物体</translation>
    </message>
    <message>
      <source>Only the model “studio” can be taught: choose it in the preferences</source>
      <translation>只有模型“studio”可以教：请在首选项中选择它</translation>
    </message>
    <message>
      <source>Only the page, no bars</source>
      <translation>只留页面，隐藏工具栏</translation>
    </message>
    <message>
      <source>Opacity</source>
      <translation>不透明度</translation>
    </message>
    <message>
      <source>Opacity and More…</source>
      <translation>不透明度等…</translation>
    </message>
    <message>
      <source>Opacity of the layer</source>
      <translation>图层不透明度</translation>
    </message>
    <message>
      <source>Opacity of the picture</source>
      <translation>图片的不透明度</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>打开</translation>
    </message>
    <message>
      <source>Open Recent</source>
      <translation>最近打开</translation>
    </message>
    <message>
      <source>Open Sample</source>
      <translation>打开示例</translation>
    </message>
    <message>
      <source>Open That Version</source>
      <translation>打开那个版本</translation>
    </message>
    <message>
      <source>Open a Drawing or Picture</source>
      <translation>打开绘画或图片</translation>
    </message>
    <message>
      <source>Open a file…</source>
      <translation>打开文件…</translation>
    </message>
    <message>
      <source>Open {name}</source>
      <translation>打开 {name}</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>打开…</translation>
    </message>
    <message>
      <source>Or look at what the model drew</source>
      <translation>或者看看模型画的</translation>
    </message>
    <message>
      <source>Orange</source>
      <translation>橙色</translation>
    </message>
    <message>
      <source>Other colour of the paper</source>
      <translation>其他纸张颜色</translation>
    </message>
    <message>
      <source>Others near the alternative that is shown</source>
      <translation>与当前方案相近的其他方案</translation>
    </message>
    <message>
      <source>Other…</source>
      <translation>其他…</translation>
    </message>
    <message>
      <source>Outlines</source>
      <translation>轮廓</translation>
    </message>
    <message>
      <source>PDF documents</source>
      <translation>PDF 文档</translation>
    </message>
    <message>
      <source>PDF: to print</source>
      <translation>PDF：用于打印</translation>
    </message>
    <message>
      <source>PNG pictures</source>
      <translation>PNG 图片</translation>
    </message>
    <message>
      <source>PNG: a picture</source>
      <translation>PNG：图片</translation>
    </message>
    <message>
      <source>Pad between four sketches</source>
      <translation>四个草图之间的面板</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>Page…</source>
      <translation>页面…</translation>
    </message>
    <message>
      <source>Pan</source>
      <translation>平移</translation>
    </message>
    <message>
      <source>Pan the page while it is held</source>
      <translation>按住时平移页面</translation>
    </message>
    <message>
      <source>Paper</source>
      <translation>纸张</translation>
    </message>
    <message>
      <source>Paper and its pattern</source>
      <translation>纸张及其图案</translation>
    </message>
    <message>
      <source>Past A and past B, too</source>
      <translation>也可以越过 A 和 B</translation>
    </message>
    <message>
      <source>Past Proposals</source>
      <translation>以往的方案</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>粘贴</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>暂停</translation>
    </message>
    <message>
      <source>Pen</source>
      <translation>画笔</translation>
    </message>
    <message>
      <source>Pen Pressure</source>
      <translation>笔压</translation>
    </message>
    <message>
      <source>Pick Colour</source>
      <translation>拾取颜色</translation>
    </message>
    <message>
      <source>Picks a colour</source>
      <translation>拾取颜色</translation>
    </message>
    <message>
      <source>Picture under the Ink</source>
      <translation>墨迹下的图片</translation>
    </message>
    <message>
      <source>Pictures</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>Pin</source>
      <translation>固定</translation>
    </message>
    <message>
      <source>Pin: it stays when others come</source>
      <translation>固定：换别的方案时它会留下</translation>
    </message>
    <message>
      <source>Pink</source>
      <translation>粉色</translation>
    </message>
    <message>
      <source>Plain</source>
      <translation>空白</translation>
    </message>
    <message>
      <source>Plain Paper</source>
      <translation>白纸</translation>
    </message>
    <message>
      <source>Play Morph</source>
      <translation>播放变形</translation>
    </message>
    <message>
      <source>Point to look, click to keep, drag for the way between two places.</source>
      <translation>指向即可查看，点击可保留，拖动可看两处之间的过程。</translation>
    </message>
    <message>
      <source>Position</source>
      <translation>位置</translation>
    </message>
    <message>
      <source>Position between A and B</source>
      <translation>A 与 B 之间的位置</translation>
    </message>
    <message>
      <source>Practice so far</source>
      <translation>练习进度</translation>
    </message>
    <message>
      <source>Practise</source>
      <translation>练习</translation>
    </message>
    <message>
      <source>Practising “{name}”: {step} of {steps}</source>
      <translation>正在练习“{name}”：{step} / {steps}</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>首选项</translation>
    </message>
    <message>
      <source>Preferences…</source>
      <translation>首选项…</translation>
    </message>
    <message>
      <source>Pressure</source>
      <translation>压力</translation>
    </message>
    <message>
      <source>Pressure Curve</source>
      <translation>压感曲线</translation>
    </message>
    <message>
      <source>Pressure Curve…</source>
      <translation>压感曲线…</translation>
    </message>
    <message>
      <source>Pressure curve</source>
      <translation>压感曲线</translation>
    </message>
    <message>
      <source>Pressure thins the line</source>
      <translation>压力改变线条粗细</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>预览</translation>
    </message>
    <message>
      <source>Preview of the lines</source>
      <translation>线条预览</translation>
    </message>
    <message>
      <source>Previous Alternative</source>
      <translation>上一个方案</translation>
    </message>
    <message>
      <source>Printed with</source>
      <translation>纸张图案</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>进度</translation>
    </message>
    <message>
      <source>Put All Blends on Canvas</source>
      <translation>把全部混合图放到画布上</translation>
    </message>
    <message>
      <source>Put Blend on Canvas</source>
      <translation>把混合图放到画布上</translation>
    </message>
    <message>
      <source>Put from map</source>
      <translation>从地图放到画布</translation>
    </message>
    <message>
      <source>Put on canvas</source>
      <translation>放到画布上</translation>
    </message>
    <message>
      <source>Quick movements of a mouse or finger draw thinner</source>
      <translation>鼠标或手指移动越快，线条越细</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>退出</translation>
    </message>
    <message>
      <source>Raise Layer</source>
      <translation>上移图层</translation>
    </message>
    <message>
      <source>Raw</source>
      <translation>原样</translation>
    </message>
    <message>
      <source>Reads a picture, no KL: the paper's</source>
      <translation>读取图像，无 KL 项：论文提出的模型</translation>
    </message>
    <message>
      <source>Reads a picture, with the KL term</source>
      <translation>读取图像，带 KL 项</translation>
    </message>
    <message>
      <source>Reads strokes, no KL term</source>
      <translation>读取笔画，无 KL 项</translation>
    </message>
    <message>
      <source>Reads strokes, with the KL term: sketch-rnn</source>
      <translation>读取笔画，带 KL 项：sketch-rnn</translation>
    </message>
    <message>
      <source>Ready</source>
      <translation>就绪</translation>
    </message>
    <message>
      <source>Ready on {device}</source>
      <translation>就绪（{device}）</translation>
    </message>
    <message>
      <source>Reason: {reason}.</source>
      <translation>原因：{reason}。</translation>
    </message>
    <message>
      <source>Recent colour {color}</source>
      <translation>最近用过的颜色 {color}</translation>
    </message>
    <message>
      <source>Recent drawings, samples and the first keys to know.</source>
      <translation>最近的绘图、示例和最先要知道的快捷键。</translation>
    </message>
    <message>
      <source>Recolour</source>
      <translation>更改颜色</translation>
    </message>
    <message>
      <source>Recover Drawings</source>
      <translation>恢复绘画</translation>
    </message>
    <message>
      <source>Recover Drawings…</source>
      <translation>恢复绘画…</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>红色</translation>
    </message>
    <message>
      <source>Redo</source>
      <translation>重做</translation>
    </message>
    <message>
      <source>Redraw</source>
      <translation>重画</translation>
    </message>
    <message>
      <source>Redraw a picture or photo, trace it to ink, or lay it under the page</source>
      <translation>重画图片或照片、描成墨迹，或垫在画面下</translation>
    </message>
    <message>
      <source>Redraw by the Model</source>
      <translation>由模型重画</translation>
    </message>
    <message>
      <source>Redraw it, or trace it to ink</source>
      <translation>重画，或描成墨迹</translation>
    </message>
    <message>
      <source>Redrawing</source>
      <translation>重画</translation>
    </message>
    <message>
      <source>Redrawn by</source>
      <translation>重画者</translation>
    </message>
    <message>
      <source>Reject</source>
      <translation>拒绝</translation>
    </message>
    <message>
      <source>Remembering what it knows, so as to forget nothing…</source>
      <translation>正在回忆已会的内容，以免遗忘…</translation>
    </message>
    <message>
      <source>Remove Picture</source>
      <translation>移除图片</translation>
    </message>
    <message>
      <source>Remove picture</source>
      <translation>移除图片</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>重命名</translation>
    </message>
    <message>
      <source>Rename Layer…</source>
      <translation>重命名图层…</translation>
    </message>
    <message>
      <source>Rename layer</source>
      <translation>重命名图层</translation>
    </message>
    <message>
      <source>Replace</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replace As…</source>
      <translation>替换为…</translation>
    </message>
    <message>
      <source>Replacement</source>
      <translation>替换</translation>
    </message>
    <message>
      <source>Replay: SVG that draws itself</source>
      <translation>回放：会自己画出来的 SVG</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>重置</translation>
    </message>
    <message>
      <source>Reset all keys</source>
      <translation>重置所有快捷键</translation>
    </message>
    <message>
      <source>Reset this page</source>
      <translation>重置本页</translation>
    </message>
    <message>
      <source>Reset to the default</source>
      <translation>恢复默认值</translation>
    </message>
    <message>
      <source>Reset: {setting}</source>
      <translation>重置：{setting}</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>恢复</translation>
    </message>
    <message>
      <source>Rotation</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Run anything by name</source>
      <translation>按名称执行任何操作</translation>
    </message>
    <message>
      <source>SVG pictures</source>
      <translation>SVG 图片</translation>
    </message>
    <message>
      <source>SVG: lines to work on</source>
      <translation>SVG：可继续编辑的线条</translation>
    </message>
    <message>
      <source>Saturation and lightness</source>
      <translation>饱和度与明度</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>保存</translation>
    </message>
    <message>
      <source>Save Answers</source>
      <translation>保存回答</translation>
    </message>
    <message>
      <source>Save As</source>
      <translation>另存为</translation>
    </message>
    <message>
      <source>Save As…</source>
      <translation>另存为…</translation>
    </message>
    <message>
      <source>Save answers…</source>
      <translation>保存回答…</translation>
    </message>
    <message>
      <source>Save the changes to {file}?</source>
      <translation>要保存对 {file} 的更改吗？</translation>
    </message>
    <message>
      <source>Saved {file}</source>
      <translation>已保存 {file}</translation>
    </message>
    <message>
      <source>Scale</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Scale picture</source>
      <translation>缩放图片</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>搜索</translation>
    </message>
    <message>
      <source>Search categories</source>
      <translation>搜索类别</translation>
    </message>
    <message>
      <source>Search the preferences</source>
      <translation>搜索首选项</translation>
    </message>
    <message>
      <source>See what your device sends</source>
      <translation>查看设备发送的数据</translation>
    </message>
    <message>
      <source>Seed</source>
      <translation>种子</translation>
    </message>
    <message>
      <source>Seed of blends</source>
      <translation>混合的种子</translation>
    </message>
    <message>
      <source>Seed of proposals</source>
      <translation>方案的种子</translation>
    </message>
    <message>
      <source>Seed {seed}</source>
      <translation>种子 {seed}</translation>
    </message>
    <message>
      <source>Seed {seed} copied</source>
      <translation>已复制种子 {seed}</translation>
    </message>
    <message>
      <source>Select</source>
      <translation>选择</translation>
    </message>
    <message>
      <source>Select All</source>
      <translation>全选</translation>
    </message>
    <message>
      <source>Select by a box</source>
      <translation>框选</translation>
    </message>
    <message>
      <source>Select by going round it</source>
      <translation>圈选</translation>
    </message>
    <message>
      <source>Selection</source>
      <translation>所选笔画</translation>
    </message>
    <message>
      <source>Selects</source>
      <translation>选择</translation>
    </message>
    <message>
      <source>Set</source>
      <translation>设置</translation>
    </message>
    <message>
      <source>Sheet to draw an example on</source>
      <translation>画例子的纸</translation>
    </message>
    <message>
      <source>Sheet to try devices on</source>
      <translation>设备试画区</translation>
    </message>
    <message>
      <source>Sheet to try the pen on</source>
      <translation>画笔试画区</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>快捷键</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>显示范围</translation>
    </message>
    <message>
      <source>Show Layer</source>
      <translation>显示图层</translation>
    </message>
    <message>
      <source>Show Picture</source>
      <translation>显示图片</translation>
    </message>
    <message>
      <source>Show every step</source>
      <translation>显示每一步</translation>
    </message>
    <message>
      <source>Show layer</source>
      <translation>显示图层</translation>
    </message>
    <message>
      <source>Show picture</source>
      <translation>显示图片</translation>
    </message>
    <message>
      <source>Show the Blend panel</source>
      <translation>显示混合面板</translation>
    </message>
    <message>
      <source>Show the Layers panel</source>
      <translation>显示图层面板</translation>
    </message>
    <message>
      <source>Show the layer</source>
      <translation>显示图层</translation>
    </message>
    <message>
      <source>Show what the model proposed before</source>
      <translation>显示模型以往的方案</translation>
    </message>
    <message>
      <source>Side button</source>
      <translation>侧键</translation>
    </message>
    <message>
      <source>Simulate Pressure</source>
      <translation>模拟压感</translation>
    </message>
    <message>
      <source>Simulate pressure for a mouse</source>
      <translation>为鼠标模拟压感</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>大小</translation>
    </message>
    <message>
      <source>Size, colour and pattern of the paper</source>
      <translation>纸张的大小、颜色和图案</translation>
    </message>
    <message>
      <source>Sketch to be judged</source>
      <translation>待判断的草图</translation>
    </message>
    <message>
      <source>Sketches</source>
      <translation>草图</translation>
    </message>
    <message>
      <source>Sketches on the way from A to B</source>
      <translation>从 A 到 B 途中的草图</translation>
    </message>
    <message>
      <source>Slate</source>
      <translation>石板色</translation>
    </message>
    <message>
      <source>Smooth</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Smoothing</source>
      <translation>平滑</translation>
    </message>
    <message>
      <source>Smoothing {share}</source>
      <translation>平滑 {share}</translation>
    </message>
    <message>
      <source>Snowmen</source>
      <translation>雪人</translation>
    </message>
    <message>
      <source>So many strokes a completion adds, for taking turns</source>
      <translation>续画最多添加的笔画数，用于轮流作画</translation>
    </message>
    <message>
      <source>Soft</source>
      <translation>轻</translation>
    </message>
    <message>
      <source>Something New</source>
      <translation>新的东西</translation>
    </message>
    <message>
      <source>Something went wrong: {error}</source>
      <translation>出错了：{error}</translation>
    </message>
    <message>
      <source>Space + drag, middle button, or wheel</source>
      <translation>空格 + 拖动、中键或滚轮</translation>
    </message>
    <message>
      <source>Spacing</source>
      <translation>间距</translation>
    </message>
    <message>
      <source>Square</source>
      <translation>正方形</translation>
    </message>
    <message>
      <source>Start</source>
      <translation>开始</translation>
    </message>
    <message>
      <source>Steady</source>
      <translation>稳定</translation>
    </message>
    <message>
      <source>Stopped: nothing was written.</source>
      <translation>已停止：没有写入任何文件。</translation>
    </message>
    <message>
      <source>Straight</source>
      <translation>直线</translation>
    </message>
    <message>
      <source>Straighten</source>
      <translation>变规整</translation>
    </message>
    <message>
      <source>Strength of the difference</source>
      <translation>差异的强度</translation>
    </message>
    <message>
      <source>Strokes</source>
      <translation>笔画</translation>
    </message>
    <message>
      <source>Strokes a completion adds at most</source>
      <translation>续画最多添加的笔画数</translation>
    </message>
    <message>
      <source>Suit the pen to a light or heavy hand</source>
      <translation>让画笔适应轻重不同的手</translation>
    </message>
    <message>
      <source>Surprise me</source>
      <translation>给我惊喜</translation>
    </message>
    <message>
      <source>Surprises: part of your ink's idea, part of another drawing's</source>
      <translation>惊喜：一部分来自你的笔迹，一部分来自别的画</translation>
    </message>
    <message>
      <source>Swap</source>
      <translation>交换</translation>
    </message>
    <message>
      <source>Swap A and B</source>
      <translation>交换 A 和 B</translation>
    </message>
    <message>
      <source>Table</source>
      <translation>表格</translation>
    </message>
    <message>
      <source>Take over</source>
      <translation>接管</translation>
    </message>
    <message>
      <source>Take the drawings of a file</source>
      <translation>取用文件中的画</translation>
    </message>
    <message>
      <source>Take what is drawn above as an example</source>
      <translation>把上面画的当作一个例子</translation>
    </message>
    <message>
      <source>Take your drawing, or the selected ink</source>
      <translation>取用你的画，或选中的墨迹</translation>
    </message>
    <message>
      <source>Takes effect when the app starts the next time.</source>
      <translation>下次启动时生效。</translation>
    </message>
    <message>
      <source>Taught</source>
      <translation>已教</translation>
    </message>
    <message>
      <source>Teach</source>
      <translation>教</translation>
    </message>
    <message>
      <source>Teach the Model</source>
      <translation>教模型</translation>
    </message>
    <message>
      <source>Teach the model to draw something new</source>
      <translation>教模型画新的东西</translation>
    </message>
    <message>
      <source>Teach…</source>
      <translation>教学…</translation>
    </message>
    <message>
      <source>Temperature</source>
      <translation>温度</translation>
    </message>
    <message>
      <source>Temperature and seed</source>
      <translation>温度和种子</translation>
    </message>
    <message>
      <source>Temperature of blends</source>
      <translation>混合的温度</translation>
    </message>
    <message>
      <source>Temperature of proposals</source>
      <translation>方案的温度</translation>
    </message>
    <message>
      <source>Temperature {temperature}; code {share} of the way to another drawing's</source>
      <translation>温度 {temperature}；编码朝另一幅画的编码走了 {share}</translation>
    </message>
    <message>
      <source>Test Pen and Tablet</source>
      <translation>测试画笔和数位板</translation>
    </message>
    <message>
      <source>Test Pen and Tablet…</source>
      <translation>测试画笔和数位板…</translation>
    </message>
    <message>
      <source>That is what guessing could give.</source>
      <translation>瞎猜也可能得到这个结果。</translation>
    </message>
    <message>
      <source>The alternative stays when others are drawn</source>
      <translation>重新画别的方案时它会留下</translation>
    </message>
    <message>
      <source>The app draws with</source>
      <translation>绘图使用的模型</translation>
    </message>
    <message>
      <source>The app's own: reads a picture, no KL term, and more</source>
      <translation>应用自带：读取图像，无 KL 项，另有改进</translation>
    </message>
    <message>
      <source>The code is not kept: {reason}</source>
      <translation>编码没有保留：{reason}</translation>
    </message>
    <message>
      <source>The disk is full. Make room and save again, or save in another place.</source>
      <translation>磁盘已满。请腾出空间后再保存，或保存到别处。</translation>
    </message>
    <message>
      <source>The drawing</source>
      <translation>画作</translation>
    </message>
    <message>
      <source>The drawing is still open.</source>
      <translation>画仍然开着。</translation>
    </message>
    <message>
      <source>The examples cannot be kept: {reason}</source>
      <translation>无法保存例子：{reason}</translation>
    </message>
    <message>
      <source>The fastest there is</source>
      <translation>最快的可用设备</translation>
    </message>
    <message>
      <source>The file opens here again with every sample, hidden layers too</source>
      <translation>再次打开此文件时，每个采样点和隐藏图层都会还原</translation>
    </message>
    <message>
      <source>The folder is not there any more. Bring it back, or save in another place.</source>
      <translation>文件夹已不存在。请恢复它，或保存到别处。</translation>
    </message>
    <message>
      <source>The lesson cannot be taken back: {reason}</source>
      <translation>无法撤销这一课：{reason}</translation>
    </message>
    <message>
      <source>The lines become strokes that you can edit</source>
      <translation>线条成为可以编辑的笔画</translation>
    </message>
    <message>
      <source>The map appears here once the model is loaded.</source>
      <translation>模型加载完成后，地图会显示在这里。</translation>
    </message>
    <message>
      <source>The map needs the model, which could not be loaded.</source>
      <translation>地图需要模型，但模型无法加载。</translation>
    </message>
    <message>
      <source>The model cannot be taught here: Python cannot be started</source>
      <translation>这里无法教模型：Python 无法启动</translation>
    </message>
    <message>
      <source>The model could not be loaded.</source>
      <translation>模型无法加载。</translation>
    </message>
    <message>
      <source>The model could not be loaded: {reason}</source>
      <translation>模型无法载入：{reason}</translation>
    </message>
    <message>
      <source>The model draws it anew, as a proposal</source>
      <translation>模型重新画一遍，作为建议</translation>
    </message>
    <message>
      <source>The model draws the selected strokes, or all, anew</source>
      <translation>模型重画所选的笔画，或全部</translation>
    </message>
    <message>
      <source>The model goes on by itself whenever your pen rests</source>
      <translation>停笔时模型会自动接着画</translation>
    </message>
    <message>
      <source>The model goes on from your drawing</source>
      <translation>模型接着你的画继续画</translation>
    </message>
    <message>
      <source>The model is as it was before the last lesson</source>
      <translation>模型回到上一次教学之前</translation>
    </message>
    <message>
      <source>The model is drawing its half…</source>
      <translation>模型正在画它的那一半…</translation>
    </message>
    <message>
      <source>The model is loading; your proposal comes as soon as it is ready.</source>
      <translation>模型正在载入；就绪后马上给出方案。</translation>
    </message>
    <message>
      <source>The model is loading…</source>
      <translation>正在加载模型…</translation>
    </message>
    <message>
      <source>The model knows it at once, by its code</source>
      <translation>模型凭编码立刻认得它</translation>
    </message>
    <message>
      <source>The model knows “{name}” already</source>
      <translation>模型已经认得“{name}”</translation>
    </message>
    <message>
      <source>The model knows “{name}” now</source>
      <translation>模型现在认得“{name}”了</translation>
    </message>
    <message>
      <source>The model learns to draw it, in the background, in a few minutes</source>
      <translation>模型在后台用几分钟学着画它</translation>
    </message>
    <message>
      <source>The model proposes nothing now</source>
      <translation>模型现在没有建议</translation>
    </message>
    <message>
      <source>The model runs on</source>
      <translation>模型运行于</translation>
    </message>
    <message>
      <source>The page</source>
      <translation>页面</translation>
    </message>
    <message>
      <source>The picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>The picture is locked: unlock it in the Page menu first</source>
      <translation>图片已锁定：请先在“页面”菜单中解锁</translation>
    </message>
    <message>
      <source>The picture lies faintly under the ink, for you to trace</source>
      <translation>图片淡淡地垫在墨迹下，供你描摹</translation>
    </message>
    <message>
      <source>The quicker a mouse or finger moves, the thinner its line</source>
      <translation>鼠标或手指移动越快，线条越细</translation>
    </message>
    <message>
      <source>The same seed draws the same sketch again.</source>
      <translation>同样的种子会画出同样的草图。</translation>
    </message>
    <message>
      <source>The selected strokes</source>
      <translation>选中的笔画</translation>
    </message>
    <message>
      <source>The selected strokes, or the whole drawing</source>
      <translation>所选的笔画，或整幅画</translation>
    </message>
    <message>
      <source>The selected strokes, to the next layer that is shown and not locked</source>
      <translation>把选中的笔画移到下一个可见且未锁定的图层</translation>
    </message>
    <message>
      <source>The sketch of the place you point at</source>
      <translation>你指向之处的草图</translation>
    </message>
    <message>
      <source>The system says: {reason}. Save in another place.</source>
      <translation>系统提示：{reason}。请保存到别处。</translation>
    </message>
    <message>
      <source>The version saved before it is there, too.</source>
      <translation>之前保存的版本也还在。</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>主题</translation>
    </message>
    <message>
      <source>There are no lines in the picture: raise the threshold, or invert it.</source>
      <translation>图片中没有线条：请调高阈值，或反相。</translation>
    </message>
    <message>
      <source>There are too many lines in the picture: lower the threshold.</source>
      <translation>图片中的线条太多：请调低阈值。</translation>
    </message>
    <message>
      <source>There is no crash report</source>
      <translation>没有崩溃报告</translation>
    </message>
    <message>
      <source>There is no drawing yet: draw something, then choose it here.</source>
      <translation>还没有绘图：先画点什么，再在这里选择。</translation>
    </message>
    <message>
      <source>There is no ink on the canvas</source>
      <translation>画布上没有墨迹</translation>
    </message>
    <message>
      <source>There is nothing to recover</source>
      <translation>没有可恢复的内容</translation>
    </message>
    <message>
      <source>There is too much in the picture: lower the threshold.</source>
      <translation>图片中的内容太多：请调低阈值。</translation>
    </message>
    <message>
      <source>Thicker Line or Eraser</source>
      <translation>加粗线条或橡皮</translation>
    </message>
    <message>
      <source>Thinner Line or Eraser</source>
      <translation>减细线条或橡皮</translation>
    </message>
    <message>
      <source>This page</source>
      <translation>本页</translation>
    </message>
    <message>
      <source>Those that a crash left</source>
      <translation>崩溃后留下的画</translation>
    </message>
    <message>
      <source>Threshold</source>
      <translation>阈值</translation>
    </message>
    <message>
      <source>Through the codes' space, rather than round the sphere they lie on</source>
      <translation>直穿编码空间，而不是沿着编码所在的球面</translation>
    </message>
    <message>
      <source>Tidies: the likeliest lines for what it sees in your ink</source>
      <translation>整理：为它在你的笔迹里看到的画出最可能的线条</translation>
    </message>
    <message>
      <source>Tidy my drawing</source>
      <translation>整理我的画</translation>
    </message>
    <message>
      <source>Tilt</source>
      <translation>倾斜</translation>
    </message>
    <message>
      <source>To and fro</source>
      <translation>来回播放</translation>
    </message>
    <message>
      <source>Too few drawings: draw at least two apart from each other, or open an .ndjson file, such as those of Quick, Draw!</source>
      <translation>画太少：请至少画两幅彼此分开的画，或打开 .ndjson 文件，例如 Quick, Draw! 的文件</translation>
    </message>
    <message>
      <source>Trace picture</source>
      <translation>描摹图片</translation>
    </message>
    <message>
      <source>Trace to Ink</source>
      <translation>描成墨迹</translation>
    </message>
    <message>
      <source>Train one as the README says, with “--config NAME”, and export it to
{folder}</source>
      <translation>按 README 的说明用“--config NAME”训练，再导出到
{folder}</translation>
    </message>
    <message>
      <source>Turn</source>
      <translation>旋转</translation>
    </message>
    <message>
      <source>Turn Left</source>
      <translation>向左转</translation>
    </message>
    <message>
      <source>Turn Right</source>
      <translation>向右转</translation>
    </message>
    <message>
      <source>Turn Upright</source>
      <translation>转正</translation>
    </message>
    <message>
      <source>Twenty sketches: who drew which?</source>
      <translation>二十幅草图：哪幅是谁画的？</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>撤销</translation>
    </message>
    <message>
      <source>Undo Last</source>
      <translation>撤销上一次</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>单位</translation>
    </message>
    <message>
      <source>Unlock Layer</source>
      <translation>解锁图层</translation>
    </message>
    <message>
      <source>Unlock layer</source>
      <translation>解锁图层</translation>
    </message>
    <message>
      <source>Unlock picture</source>
      <translation>解锁图片</translation>
    </message>
    <message>
      <source>Unlock the layer</source>
      <translation>解锁图层</translation>
    </message>
    <message>
      <source>Unmark favourite</source>
      <translation>取消收藏</translation>
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
      <source>Upright or lying</source>
      <translation>竖放或横放</translation>
    </message>
    <message>
      <source>Use as {letter}</source>
      <translation>用作 {letter}</translation>
    </message>
    <message>
      <source>Use my drawing</source>
      <translation>使用我的画</translation>
    </message>
    <message>
      <source>Use the proposal</source>
      <translation>用模型的建议</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>紫色</translation>
    </message>
    <message>
      <source>Waiting…</source>
      <translation>等待中…</translation>
    </message>
    <message>
      <source>WebP: smaller, for the web</source>
      <translation>WebP：更小，适合网页</translation>
    </message>
    <message>
      <source>What do you want to do?</source>
      <translation>你想做什么？</translation>
    </message>
    <message>
      <source>What happened when sketchstudio crashed</source>
      <translation>sketchstudio 崩溃时发生了什么</translation>
    </message>
    <message>
      <source>What happened when the app crashed last</source>
      <translation>上次崩溃时发生了什么</translation>
    </message>
    <message>
      <source>What is on the clipboard cannot be read as ink</source>
      <translation>剪贴板上的内容无法读取为笔画</translation>
    </message>
    <message>
      <source>What the drawing looks like</source>
      <translation>这幅画看起来像什么</translation>
    </message>
    <message>
      <source>What the model proposes is kept here, accepted or not.</source>
      <translation>模型给出过的方案都留在这里，不管是否接受。</translation>
    </message>
    <message>
      <source>What was learnt cannot be kept: {reason}</source>
      <translation>无法保存学到的内容：{reason}</translation>
    </message>
    <message>
      <source>What was taught</source>
      <translation>教过的内容</translation>
    </message>
    <message>
      <source>What you draw is safe from a crash again</source>
      <translation>现在画的内容又能防备崩溃了</translation>
    </message>
    <message numerus="yes">
      <source>What you leave here is kept for %n days.</source>
      <translation>
        <numerusform>留在这里的内容会保留 %n 天。</numerusform>
      </translation>
    </message>
    <message>
      <source>What you taught is of the model “studio” alone.</source>
      <translation>你教的内容只属于“studio”模型。</translation>
    </message>
    <message>
      <source>Where your drawing lies among all that the model knows</source>
      <translation>你的画在模型所知的一切之中处于何处</translation>
    </message>
    <message>
      <source>Whether a proposal is drawn before your eyes or appears at once.</source>
      <translation>方案是逐笔画出，还是一次显示。</translation>
    </message>
    <message>
      <source>While it is held, the pen does this</source>
      <translation>按住侧键时画笔的作用</translation>
    </message>
    <message>
      <source>White</source>
      <translation>白色</translation>
    </message>
    <message>
      <source>Whoever mends it needs this. It holds no drawing, but names of files; it is on your computer only.</source>
      <translation>修复问题的人需要这些信息。其中没有画，但有文件名；它只在你的电脑上。</translation>
    </message>
    <message>
      <source>Whole drawing</source>
      <translation>整幅画</translation>
    </message>
    <message>
      <source>Width of the page</source>
      <translation>页面宽度</translation>
    </message>
    <message>
      <source>Width, height</source>
      <translation>宽度、高度</translation>
    </message>
    <message>
      <source>With fewer than {count} drawings, some are shown both ways.</source>
      <translation>不足 {count} 幅时，有些画会以两种形式各出现一次。</translation>
    </message>
    <message>
      <source>Without a selection, proposals are about what you drew last, not the whole drawing</source>
      <translation>没有选择时，方案针对你最后画的物体，而不是整幅画</translation>
    </message>
    <message>
      <source>Without saving they are lost.</source>
      <translation>不保存就会丢失。</translation>
    </message>
    <message>
      <source>You can tell them apart.</source>
      <translation>你能分辨出来。</translation>
    </message>
    <message>
      <source>You see {count} sketches, one at a time, all in the same line. People drew half of them. The others are by the model, each after a drawing by a person that you do not see.</source>
      <translation>你会逐一看到 {count} 幅线条相同的草图。一半是人画的；其余由模型画成，各自依照一幅你看不到的人的画。</translation>
    </message>
    <message>
      <source>You tell them apart, the wrong way round.</source>
      <translation>你能分辨，但正好弄反了。</translation>
    </message>
    <message>
      <source>You took {taken} of {by_machine} by the machine for a person's, and {suspected} of {by_people} by people for the machine's.</source>
      <translation>机器画的 {by_machine} 幅中有 {taken} 幅被你当成人画的，人画的 {by_people} 幅中有 {suspected} 幅被你当成机器画的。</translation>
    </message>
    <message>
      <source>Your drawing</source>
      <translation>你的画</translation>
    </message>
    <message>
      <source>Your drawing, redrawn by each model there is</source>
      <translation>让每个现有的模型重画你的画</translation>
    </message>
    <message>
      <source>Zoom</source>
      <translation>缩放</translation>
    </message>
    <message>
      <source>Zoom In</source>
      <translation>放大</translation>
    </message>
    <message>
      <source>Zoom Out</source>
      <translation>缩小</translation>
    </message>
    <message>
      <source>Zoom to 100 %</source>
      <translation>缩放到 100 %</translation>
    </message>
    <message>
      <source>Zoom to Drawing</source>
      <translation>缩放到整幅画</translation>
    </message>
    <message>
      <source>Zoom to Selection</source>
      <translation>缩放到所选内容</translation>
    </message>
    <message>
      <source>accepted</source>
      <translation>已接受</translation>
    </message>
    <message>
      <source>alarm clock</source>
      <translation>闹钟</translation>
    </message>
    <message>
      <source>an animation is being drawn</source>
      <translation>正在绘制一段动画</translation>
    </message>
    <message>
      <source>answers</source>
      <translation>回答</translation>
    </message>
    <message>
      <source>ant</source>
      <translation>蚂蚁</translation>
    </message>
    <message>
      <source>back</source>
      <translation>后退键</translation>
    </message>
    <message>
      <source>backpack</source>
      <translation>背包</translation>
    </message>
    <message>
      <source>banana</source>
      <translation>香蕉</translation>
    </message>
    <message>
      <source>being drawn</source>
      <translation>正在画</translation>
    </message>
    <message>
      <source>bird</source>
      <translation>鸟</translation>
    </message>
    <message>
      <source>cactus</source>
      <translation>仙人掌</translation>
    </message>
    <message>
      <source>cake</source>
      <translation>蛋糕</translation>
    </message>
    <message>
      <source>car</source>
      <translation>汽车</translation>
    </message>
    <message>
      <source>cat</source>
      <translation>猫</translation>
    </message>
    <message>
      <source>circle</source>
      <translation>圆</translation>
    </message>
    <message>
      <source>cloud</source>
      <translation>云</translation>
    </message>
    <message>
      <source>codes</source>
      <translation>编码</translation>
    </message>
    <message>
      <source>dog</source>
      <translation>狗</translation>
    </message>
    <message>
      <source>dragon</source>
      <translation>龙</translation>
    </message>
    <message>
      <source>drawing</source>
      <translation>绘图</translation>
    </message>
    <message>
      <source>duck</source>
      <translation>鸭子</translation>
    </message>
    <message>
      <source>elephant</source>
      <translation>大象</translation>
    </message>
    <message>
      <source>eye</source>
      <translation>眼睛</translation>
    </message>
    <message>
      <source>face</source>
      <translation>脸</translation>
    </message>
    <message>
      <source>favourite</source>
      <translation>收藏</translation>
    </message>
    <message>
      <source>fish</source>
      <translation>鱼</translation>
    </message>
    <message>
      <source>flamingo</source>
      <translation>火烈鸟</translation>
    </message>
    <message>
      <source>fork</source>
      <translation>叉子</translation>
    </message>
    <message>
      <source>forward</source>
      <translation>前进键</translation>
    </message>
    <message>
      <source>giraffe</source>
      <translation>长颈鹿</translation>
    </message>
    <message>
      <source>hand</source>
      <translation>手</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>已隐藏</translation>
    </message>
    <message>
      <source>horse</source>
      <translation>马</translation>
    </message>
    <message>
      <source>light bulb</source>
      <translation>灯泡</translation>
    </message>
    <message>
      <source>locked</source>
      <translation>已锁定</translation>
    </message>
    <message>
      <source>monkey</source>
      <translation>猴子</translation>
    </message>
    <message>
      <source>mouth</source>
      <translation>嘴</translation>
    </message>
    <message>
      <source>mushroom</source>
      <translation>蘑菇</translation>
    </message>
    <message>
      <source>my drawing</source>
      <translation>我的画</translation>
    </message>
    <message>
      <source>necklace</source>
      <translation>项链</translation>
    </message>
    <message>
      <source>never saved</source>
      <translation>从未保存</translation>
    </message>
    <message>
      <source>not practised yet</source>
      <translation>尚未练习</translation>
    </message>
    <message>
      <source>octopus</source>
      <translation>章鱼</translation>
    </message>
    <message>
      <source>paper clip</source>
      <translation>回形针</translation>
    </message>
    <message>
      <source>piano</source>
      <translation>钢琴</translation>
    </message>
    <message>
      <source>picture</source>
      <translation>图片</translation>
    </message>
    <message>
      <source>pig</source>
      <translation>猪</translation>
    </message>
    <message>
      <source>pinned</source>
      <translation>已固定</translation>
    </message>
    <message>
      <source>pizza</source>
      <translation>披萨</translation>
    </message>
    <message>
      <source>power outlet</source>
      <translation>插座</translation>
    </message>
    <message>
      <source>practised</source>
      <translation>已练习</translation>
    </message>
    <message>
      <source>radio</source>
      <translation>收音机</translation>
    </message>
    <message>
      <source>s</source>
      <translation>秒</translation>
    </message>
    <message>
      <source>second side or middle</source>
      <translation>第二侧键或中键</translation>
    </message>
    <message>
      <source>shoe</source>
      <translation>鞋</translation>
    </message>
    <message>
      <source>side or right</source>
      <translation>侧键或右键</translation>
    </message>
    <message>
      <source>sketchstudio crashed the last time. Help ▸ Crash Report shows what happened.</source>
      <translation>sketchstudio 上次崩溃了。“帮助 ▸ 崩溃报告”会显示发生了什么。</translation>
    </message>
    <message>
      <source>smiley face</source>
      <translation>笑脸</translation>
    </message>
    <message>
      <source>snowman</source>
      <translation>雪人</translation>
    </message>
    <message>
      <source>such as “owl”</source>
      <translation>例如“猫头鹰”</translation>
    </message>
    <message>
      <source>sun</source>
      <translation>太阳</translation>
    </message>
    <message>
      <source>t-SNE lays out typical drawings of each category so that those with near codes come to lie together. Who is next to whom can be trusted. How far clusters lie apart, how large they are and where on the map they lie cannot. Your drawing is put among those that are called what it looks like and have the nearest codes, and a place between drawings is drawn from a blend of the nearest.</source>
      <translation>t-SNE 排布每个类别的典型画作，使编码相近的聚在一起。谁与谁相邻是可信的；各簇相距多远、有多大、位于何处则不可信。你的画会放在名称与它所像之物相同、编码又最接近的画作之间；画作之间的位置由最近几幅的混合画出。</translation>
    </message>
    <message>
      <source>teapot</source>
      <translation>茶壶</translation>
    </message>
    <message>
      <source>temperature {temperature}</source>
      <translation>温度 {temperature}</translation>
    </message>
    <message>
      <source>the model could not be loaded</source>
      <translation>模型无法载入</translation>
    </message>
    <message>
      <source>the model is still loading</source>
      <translation>模型仍在载入</translation>
    </message>
    <message>
      <source>the picture is locked</source>
      <translation>图片已锁定</translation>
    </message>
    <message>
      <source>the proposal</source>
      <translation>模型的建议</translation>
    </message>
    <message>
      <source>there is no blend yet</source>
      <translation>还没有混合图</translation>
    </message>
    <message>
      <source>there is no picture on the page</source>
      <translation>画面上没有图片</translation>
    </message>
    <message>
      <source>tip or left</source>
      <translation>笔尖或左键</translation>
    </message>
    <message>
      <source>traffic light</source>
      <translation>红绿灯</translation>
    </message>
    <message>
      <source>van</source>
      <translation>面包车</translation>
    </message>
    <message>
      <source>{count} arrowheads</source>
      <translation>{count} 个箭头</translation>
    </message>
    <message>
      <source>{count} clip paths</source>
      <translation>{count} 个裁剪路径</translation>
    </message>
    <message>
      <source>{count} effects</source>
      <translation>{count} 个滤镜效果</translation>
    </message>
    <message>
      <source>{count} examples are the most</source>
      <translation>最多 {count} 个例子</translation>
    </message>
    <message>
      <source>{count} images</source>
      <translation>{count} 张图像</translation>
    </message>
    <message>
      <source>{count} masks</source>
      <translation>{count} 个蒙版</translation>
    </message>
    <message>
      <source>{count} nodes, {size} KiB</source>
      <translation>{count} 个节点，{size} KiB</translation>
    </message>
    <message>
      <source>{count} of them are chosen by the seed.</source>
      <translation>由种子从中选出 {count} 幅。</translation>
    </message>
    <message>
      <source>{count} texts</source>
      <translation>{count} 段文字</translation>
    </message>
    <message>
      <source>{file} cannot be opened.</source>
      <translation>无法打开 {file}。</translation>
    </message>
    <message>
      <source>{file} cannot be saved.</source>
      <translation>无法保存 {file}。</translation>
    </message>
    <message>
      <source>{file} cannot be written.</source>
      <translation>无法写入 {file}。</translation>
    </message>
    <message>
      <source>{file} exists. Replace it?</source>
      <translation>{file} 已存在。要替换吗？</translation>
    </message>
    <message>
      <source>{file} is open in another window, too: save it under another name</source>
      <translation>{file} 也在另一个窗口中打开：请换个名称保存</translation>
    </message>
    <message>
      <source>{key} brings the bars back</source>
      <translation>按 {key} 恢复工具栏</translation>
    </message>
    <message>
      <source>{key} is taken: {what}.</source>
      <translation>{key} 已被占用：{what}。</translation>
    </message>
    <message>
      <source>{key} runs {action} now, which would lose it.</source>
      <translation>{key} 现在用于“{action}”，改后它将失去此键。</translation>
    </message>
    <message>
      <source>{lines} lines of {points} points</source>
      <translation>{lines} 条线，共 {points} 个点</translation>
    </message>
    <message>
      <source>{number} of {count}</source>
      <translation>第 {number} 幅，共 {count} 幅</translation>
    </message>
    <message>
      <source>{old} failed: the model goes on with the {new}</source>
      <translation>{old} 出错：模型改用 {new} 继续</translation>
    </message>
    <message>
      <source>{right} of {count} right</source>
      <translation>{count} 幅中答对 {right} 幅</translation>
    </message>
    <message>
      <source>“{name}” could not be taught: {reason}</source>
      <translation>没能教会“{name}”：{reason}</translation>
    </message>
    <message>
      <source>“{name}” is hidden: show it, or choose another layer</source>
      <translation>“{name}”已隐藏：请先显示它，或选择其他图层</translation>
    </message>
    <message>
      <source>“{name}” is locked: unlock it, or choose another layer</source>
      <translation>“{name}”已锁定：请先解锁，或选择其他图层</translation>
    </message>
    <message>
      <source>“{name}” is practised</source>
      <translation>“{name}”已练习</translation>
    </message>
    <message>
      <source>★ your drawing   ✕ proposals   ✚ kept</source>
      <translation>★ 你的画   ✕ 建议   ✚ 保留处</translation>
    </message>
  </context>
</TS>
