package table

import (
	"testing"

	"fayi/judging/sheet/celltext"
)

func TestCategoriesAreMatched(t *testing.T) {
	for text, want := range map[string]string{
		"书法": "书法", "书 法 类": "书法", "（一）软笔书法": "书法", "书法作品": "书法", "A.书法": "书法", "软笔": "书法", "书法、硬笔书法": "书法",
		"短视频（3分钟内）": "微视频", "□书法 ☑绘画 □摄影": "绘画", "书法√ 绘画□": "书法", "书法（√） 绘画（ ）": "书法",
		"书法┋绘画": "", "书法/摄影": "", "雕塑": "", "": "", "类": "", "作品": "",
	} {
		if got, _ := celltext.MatchCategory(contest, text); got != want {
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
		if got, _ := celltext.MatchGroup(contest, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTitlesMentionOneCategoryOrNone(t *testing.T) {
	for text, want := range map[string]string{
		"2020年法治书法作品征集汇总表": "书法", "微视频作品汇总表": "微视频", "法治短视频、微视频登记表": "微视频", "书法、绘画作品汇总表": "", "作品汇总表": "",
	} {
		if got := celltext.Mentioned(text, celltext.CategoryWords(contest)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
