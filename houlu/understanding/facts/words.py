"""Wording that several kinds of facts share: regular expressions over the normalised text."""

from __future__ import annotations

import re

#: Not, in the dialects: 莫得, 木有, 冇, 勿, 唔.
NO = r"(?:没有|没得|没|木有|木得|莫得|莫|无|尚未|未曾|未|不曾|冇|唔系|唔曾|勿|毋|不是|不存在)"

#: The drug has stopped working.
FAILED = (
    r"(?:耐药|耐了|耐$|耐|抗药|失效|失灵|失败|失守|失控|无效|冇效|冇用|没啥?效|没效果|没用了|没用$|没啥用|没作用|没反应|没起色|没劲|不起作用|"
    r"(?:压|控制|控|顶|扛|镇|罩|挡|拦|守|按|稳|撑|吃|hold|h住)(?:它)?(?:不|没|唔|勿|没能)(?:住|牢|下)|"
    r"不(?:中|行|得行|灵|好使|顶|管用|顶用|顶事|济|给力|起效|见效|奏效|抗|中用)(?:了|啦|喽|嘞|咯|$)|不灵|不管用|不好使|不顶|唔得|唔掂|唔work|"
    r"进展|恶化|反弹|复发|又长|又大|又冒|又起|又来|长了|大了|废了|崩了|歇菜|拉胯|到头了|断了药效|抬头|pd)"
)

#: Right before a name: it was taken for it, and is another one. 「一直记成易瑞沙,写的是特罗凯」
MISTAKEN = re.compile(
    r"(?:以为|(?<!应)当|误以为)(?:他|她|我|它)?(?:就)?(?:是|成|吃的|吃的是)$|(?:记|当|认|看|听|写|说|搞|弄)(?:成|岔成|错成)(?:了|是|吃的)?$"
)
