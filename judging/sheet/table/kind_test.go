package table

import (
	"testing"
)

func TestCategoriesAreMatched(t *testing.T) {
	for text, want := range map[string]string{
		"书法": "书法", "书 法 类": "书法", "（一）软笔书法": "书法", "书法作品": "书法", "A.书法": "书法", "软笔": "书法", "书法、硬笔书法": "书法",
		"短视频（3分钟内）": "微视频", "□书法 ☑绘画 □摄影": "绘画", "书法√ 绘画□": "书法", "书法（√） 绘画（ ）": "书法",
		"书法┋绘画": "", "书法/摄影": "", "雕塑": "", "": "", "类": "", "作品": "",
	} {
		if got, _ := matchCategory(contest, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"小学":       "小学组",
		"初中组":      "中学组",
		"成人":       "成人组",
		"小学组（低年级）": "小学组",
		"小学、中学":    "",
		"老年":       "",
	} {
		if got, _ := matchGroup(contest, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTitlesMentionOneCategoryOrNone(t *testing.T) {
	for text, want := range map[string]string{
		"2020年法治书法作品征集汇总表": "书法", "微视频作品汇总表": "微视频", "法治短视频、微视频登记表": "微视频", "书法、绘画作品汇总表": "", "作品汇总表": "",
	} {
		if got := mentioned(text, categoryWords(contest)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestSendersAreReadAboveTheTable(t *testing.T) {
	for _, c := range []struct {
		cells []string
		want  string
		sure  bool
	}{
		{[]string{"填报单位：某某中学"}, "某某中学", true},
		{[]string{"填报单位（盖章）：某某中学    填表人：甲某某    联系电话：13800138000"}, "某某中学", true},
		{[]string{"报送单位:", "某某镇人民政府", "联系人：", "甲某"}, "某某镇人民政府", true},
		{[]string{"选送单位", "某某局"}, "某某局", true},
		{[]string{"报送单位：某某中学填报人：甲某"}, "某某中学", true},
		{[]string{"单位名称（公章）：某某小学 2020年5月12日"}, "某某小学", false},
		{[]string{"填报单位（盖章）：____________"}, "", false},
		{[]string{"填报单位：", "联系人：甲某"}, "", false},
		{[]string{"单位", "学校"}, "", false},
		{[]string{"法治文化作品汇总表"}, "", false},
	} {
		if got, sure := senderIn(c.cells); got != c.want || got != "" && sure != c.sure {
			t.Errorf("%q: %q %v", c.cells, got, sure)
		}
	}
}
