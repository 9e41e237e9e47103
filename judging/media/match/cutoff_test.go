package match

import "testing"

var longTitles = []Row{
	0: {Title: "论新时代中国特色社会主义法治道路的核心价值与基层实践：以示例县二〇二五年普法为例", Authors: []string{"马超明"}, Category: "征文"},
	1: {Title: "论新时代中国特色社会主义法治道路的历史由来及其当代意义——读书心得之一", Authors: []string{"马超群"}, Category: "征文"},
	2: {Title: "在2025年国家宪法日活动上一位乡村教师写给学生的长长的一封信", Authors: []string{"何老实"}, Category: "征文"},
	3: {Title: "长江之歌", Authors: []string{"单一诺"}, Category: "歌曲"},
}

// TestATitleCutOffIsAStrongClue names files as file systems and chat programs leave them.
func TestATitleCutOffIsAStrongClue(t *testing.T) {
	for path, want := range map[string]int{
		"9、马超明 论新时代中国特色社会主义法治道路的核心价 扫描件.jpg": 0,  // 19 characters and the author
		"论新时代中国特色社会主义法治道路的核心价.docx":          0,  // no author: no other title begins so
		"马超群-论新时代中国特色社会主义法治道路(1).docx":       1,  // both begin so: the author decides
		"论新时代中国特色社会主义法治道路.docx":              -1, // both begin so
		"马超明 论新时代中国.docx":                    0,  // short, but the author speaks for it
		"在2025年国家宪法日活动上一位乡.pdf":              2,  // a year within what is left
		"在2024年国家宪法日活动上一位乡村.pdf":             -1, // another year is no cut
		"何老实_在2025年国家宪法日活动上一位乡村教师写给学生的2.jpg": 2,  // and the number of a copy
		"长江之歌的故事.mp3":                        -1, // longer, not cut
	} {
		p := Match(longTitles, []Candidate{{Path: path}})[0]
		got := -1
		if p.Fit == Matched {
			got = p.Row
		}
		if got != want {
			t.Errorf("%s: %d, want %d: %+v", path, got, want, p)
		}
	}
}
