package consent

import (
	"strings"
	"testing"
)

func TestACellSaysYesNoOrNothing(t *testing.T) {
	for want, cells := range map[Answer][]string{
		Given: {
			Yes, "是", " 是 ", "是。", "同意", "同 意", "同意展示", "同意公开展示，署名", "已授权", "可以", "有", "YES", "Yes", "y", "√", "✓",
			"☑", "无异议", "没有意见", "授权书已交", "家长同意",
			"监护人同意", "☑同意 □不同意", "□不同意 ☑同意", "■是　□否", "是√ 否□", "是☑  否□",
		},
		Refused: {
			No, "否", "不同意", "不 同意", "不", "不可以", "不愿意", "拒绝", "no", "No, thanks", "n", "×", "没有授权", "家长不同意", "有异议",
			"同意参赛，不同意展示", "□同意 ☑不同意", "是□ 否√", "不授权", "☑同意 ☑不同意 □再议",
		},
		Unknown: {
			"", " ", "是/否", "是否", "是 / 否", "同意/不同意", "□同意 □不同意",
			"是□ 否□", "无", "未交", "授权书未交", "缺授权书", "待定", "同意？", "同意，待家长签字",
			"?", "见附件", "已交费", "有疑问", "可能", "张三", "Y/N", "yes/no", "maybe",
		},
	} {
		for _, cell := range cells {
			if got := Of(cell); got != want {
				t.Errorf("%q: %s, not %s", cell, got, want)
			}
		}
	}
}

// A no anywhere in a cell is never a yes, whatever stands around it.
func TestNoWordsTurnANoIntoAYes(t *testing.T) {
	for _, no := range []string{"不同意", "否", "拒绝", "不可以", "未同意", "×"} {
		for _, before := range []string{"", "是", "同意", "可以", "家长", "√", "本人已"} {
			for _, after := range []string{"", "展示", "，是的", "同意", "√", "。"} {
				cell := before + no + after
				if Of(cell) == Given {
					t.Errorf("%q is taken for a yes", cell)
				}
			}
		}
	}
}

func TestAnUnclearAnswerIsToldAndAnUnfilledFormIsNot(t *testing.T) {
	for cell, want := range map[string]bool{
		"": false, "是": false, "否": false, "是/否": false, "□同意 □不同意": false, "见附件": true, "☑再议 □不同意": true, "待定": true,
	} {
		if Unclear(cell) != want {
			t.Errorf("%q: unclear is not %v", cell, want)
		}
	}
	if Unclear(strings.Repeat("　", 3)) {
		t.Error("blanks are unclear")
	}
}
