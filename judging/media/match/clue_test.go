package match

import (
	"slices"
	"testing"
)

var clueRows = []Row{
	0: {
		Title:    "民法典在我们身边",
		Authors:  []string{"林守正"},
		Category: "书法",
		Units:    []string{"示例县第三中学"},
		Teachers: []string{"何老实"},
	},
	1: {Title: "天平下的守望者", Authors: []string{"单一诺"}, Category: "绘画", Units: []string{"示例县实验小学"}},
	2: {Title: "清风", Authors: []string{"吴明"}, Category: "绘画", Units: []string{"示例县实验小学"}},
	3: {Title: "正气长存", Authors: []string{"吴明"}, Category: "书法", Units: []string{"示例县实验小学"}},
	4: {Title: "法治中国", Authors: []string{"周知法"}, Number: "JY-017"},
	5: {Title: "法治中国", Authors: []string{"郑律"}, Number: "JY-018"},
	6: {Title: "邻里的种子", Authors: []string{"陶自强"}, Units: []string{"石桥乡中心小学（本部）"}},
}

func TestNamesAreReadThroughTheirNoise(t *testing.T) {
	cases := []struct {
		behaviour, path string
		row             int // -1: not taken
	}{
		{"brackets, copies and drafts", "【终稿】林守正《民法典在我们身边》(1) - 副本.jpg.jpg", 0},
		{"no sign at all", "民法典在我们身边林守正.docx", 0},
		{"one wrong character", "民法典在我门身边-林守正.jpg", 0},
		{"one character left out", "林守正 民法典我们身边.jpg", 0},
		{"two characters swapped", "民法典在们我身边+林守正.jpg", 0},
		{"cut short", "民法典在我们-林守正.jpg", 0},
		{"a slip in the name", "民法典在我们身边-林守政.jpg", 0},
		{"a slip of another year", "民法典在我们身边2021-林守正.jpg", 0},
		{"pinyin in full", "danxia/tianpingxiadeshouwangzhe_shanyinuo.jpg", 1},
		{"pinyin, given name first", "yinuo shan 天平下的守望者.jpg", 1},
		{"first letters of the title, and the author", "TPXDSWZ-单一诺.jpg", 1},
		{"author and short name of the unit", "三中 林守正.jpg", 0},
		{"teacher in the name", "民法典在我们身边（指导教师：何老实）.jpg", 0},
		{"a stranger with the same title", "天平下的守望者-王建国.jpg", -1},
		{"another unit's file of the same author's name", "示例县第三中学/吴明.jpg", -1},
		{"one author, two works, the category tells", "绘画/吴明 实小.jpg", 2},
		{"one author, two works", "吴明.jpg", -1},
		{"number and nothing else", "JY-018(2).png", 5},
		{"a number of nobody", "JY-0180.png", -1},
		{"number of one, author of another", "JY-018 周知法.png", -1},
		{"blanks in a name and between names", "示例县实验小学（本部） 天平 下的守望者 单 一诺.jpg", 1},
		{"unit without what stands in brackets", "石桥乡中心小学 陶自强 邻里种子.jpg", 6},
		{"full width", "ＪＹ－０１７　法治中国.png", 4},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			if got := Match(clueRows, []Candidate{{Path: c.path}})[0]; got.Row != c.row {
				t.Errorf("%s: %+v", c.path, got)
			}
		})
	}
}

// What is best for one file alone is not best for all: the work that one file is named for is not the other's.
func TestFilesAreMatchedTogether(t *testing.T) {
	rows := []Row{{
		Title:   "清风",
		Authors: []string{"吴明明"},
	}, {
		Title:   "正气长存",
		Authors: []string{"吴明明"},
	}, {
		Title:   "别的作品",
		Authors: []string{"郑律律"},
	}}
	files := []Candidate{{Path: "吴明明.jpg"}, {Path: "吴明明-清风.jpg"}}
	got := Match(rows, files)
	if got[1].Row != 0 || got[0].Offers[0].Row != 1 && got[0].Row != 1 {
		t.Fatalf("%+v", got)
	}
	files = append(files, Candidate{Path: "别的作品.jpg", Not: []int{2}}, Candidate{Path: "IMG_1.jpg", Bound: []int{2}})
	got = Match(rows, files)
	if got[2].Row != -1 || len(got[2].Offers) != 0 || got[3].Row != 2 || got[3].Reason != "media.by_person" {
		t.Fatalf("what a person decided does not hold: %+v", got[2:])
	}
}

func TestAFileThatTellsNothingIsOfferedTheWorksLeftInItsPlace(t *testing.T) {
	files := []Candidate{{
		Path: "示例县实验小学/绘画/IMG_0001.jpg",
	}, {
		Path: "示例县实验小学/绘画/旧照片.jpg",
	}, {
		Path: "别处/IMG_0002.jpg",
	}, {
		Path: "天平下的守望者-单一诺.jpg",
	}}
	got := Match(clueRows, files)
	if got[0].Fit != Doubtful || got[0].Reason != "media.doubt_left_over" || got[0].Offers[0].Row != 2 ||
		got[0].Score > 0.5 {
		t.Errorf("%+v", got[0])
	}
	if got[1].Fit != Unmatched || got[2].Fit != Unmatched {
		t.Errorf("%+v", got[1:3])
	}
}

func TestAFormTakesNoWorksPlace(t *testing.T) {
	rows := []Row{{Title: "法治之光芒", Authors: []string{"林守正"}}}
	got := Match(rows, []Candidate{{Path: "林守正-法治之光芒-报名表.doc"}, {Path: "法治之光芒.jpg"}})
	if got[0].Row != 0 || got[1].Row != 0 || !IsForm("a/承诺书 林.pdf") || IsForm("承诺书/林守正.jpg") {
		t.Fatalf("%+v", got)
	}
}

func TestNamesSortAsPeopleCount(t *testing.T) {
	names := []string{
		"组照(10).jpg", "组照(2).jpg", "组照(1).jpg", "组照之三.jpg", "组照之一.jpg", "组照之二.jpg", "组照之十一.jpg", "组照之十.jpg",
	}
	slices.SortFunc(names, CompareNames)
	want := []string{
		"组照(1).jpg", "组照(2).jpg", "组照(10).jpg", "组照之一.jpg", "组照之二.jpg", "组照之三.jpg", "组照之十.jpg", "组照之十一.jpg",
	}
	if !slices.Equal(names, want) {
		t.Fatalf("%q", names)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("民法典在我们身边-林守正(1).jpg", "法治之光")
	f.Add("\xff\xfe/../.jpg", "")
	f.Add("一十二十三百.png", "十")
	f.Fuzz(func(t *testing.T, at, title string) {
		rows := append(slices.Clone(clueRows), Row{
			Title:    title,
			Number:   title,
			FileName: title,
			Authors:  []string{title},
		})
		for _, p := range Match(rows, []Candidate{{Path: at}, {Path: at + ".jpg"}}) {
			if p.Row >= len(rows) || (p.Fit == Matched) != (p.Row >= 0) || p.Score < 0 || p.Score > 1 {
				t.Fatalf("%+v", p)
			}
		}
	})
}
