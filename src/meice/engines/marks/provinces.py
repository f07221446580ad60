"""Provinces: the first two digits of GB/T 2260 and the one-character names used in filings."""

from collections.abc import Mapping
from types import MappingProxyType

# 71 is Taiwan; 81, 82, 83 open residence permits of Hong Kong, Macao and Taiwan people.
# These four give no 备案 numbers.
ABBREVIATIONS: Mapping[str, str] = MappingProxyType(
    {
        **{"11": "京", "12": "津", "13": "冀", "14": "晋", "15": "蒙"},
        **{"21": "辽", "22": "吉", "23": "黑"},
        **{"31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁"},
        **{"41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼"},
        **{"50": "渝", "51": "川蜀", "52": "贵黔", "53": "云滇", "54": "藏"},
        **{"61": "陕秦", "62": "甘陇", "63": "青", "64": "宁", "65": "新"},
        **{"71": "", "81": "", "82": "", "83": ""},
    }
)
CODE_OF: Mapping[str, str] = MappingProxyType(
    {letter: code for code, letters in ABBREVIATIONS.items() for letter in letters}
)
LETTERS = "".join(ABBREVIATIONS.values())
