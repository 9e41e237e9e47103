package match

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var matchRows = []Row{
	0: {Number: "JY-001", Title: "《宪法之光》", Authors: []string{"林守正"}, Category: "书法"},
	1: {Number: "JY-002", Title: "宪法之光", Authors: []string{"周知法", "吴明"}, Category: "绘画"},
	2: {Number: "012", Title: "法治", Authors: []string{"阿依·明宪"}, Category: "书法", From: "a.zip/汇总.xlsx"},
	3: {Number: "12", Title: "法治中国 我的家", Authors: []string{"郑律"}, Category: "征文", From: "b.zip/汇总.xlsx"},
	4: {Title: "无题", Authors: []string{"王公正"}, Category: "摄影", Units: []string{"示例县第三中学"}},
	5: {Title: "无题", Authors: []string{"王公正"}, Category: "摄影", Units: []string{"示例县文化馆"}},
	6: {Title: "光影：守望", Authors: []string{"陈信"}, FileName: "IMG_2007.JPG、说明.docx"},
	7: {Title: "Law 2", Authors: []string{"Ann Lee"}},
	8: {Number: "2025001", Title: "家风", Authors: []string{"林守正"}},
}

func TestMatchOneFile(t *testing.T) {
	cases := []struct {
		behaviour, path string
		fit             Fit
		row             int
		reason          string
	}{
		{"name in the sheet", "补报/IMG_2007.JPG", Matched, 6, "media.by_file_name"},
		{"name in the sheet, other case", "补报/img_2007.jpg", Matched, 6, "media.by_file_name"},
		{"name in the sheet, other extension", "补报/IMG_2007.png", Matched, 6, "media.by_file_name"},
		{"second name in the sheet", "说明.docx", Matched, 6, "media.by_file_name"},
		{"number in full", "书法/JY-001.jpg", Matched, 0, "media.by_number"},
		{"number in full width, with more", "ＪＹ－００２ 最终版.jpg", Matched, 1, "media.by_number"},
		{"number within a longer one", "JY-0011.jpg", Unmatched, -1, "media.no_clue"},
		{"long number of digits anywhere", "作品2025001号.jpg", Matched, 8, "media.by_number"},
		{"folder is the number", "JY-002/扫描件.jpg", Matched, 1, "media.by_number"},
		{"digits alone", "a.zip/书法/012.jpg", Matched, 2, "media.by_number"},
		{"digits that lost their zeros, in one's own folder", "a.zip/12.jpg", Matched, 2, "media.by_number"},
		{"digits that two works bear", "12.jpg", Doubtful, -1, "media.doubt_several"},
		{"digits of a date", "12月活动.jpg", Unmatched, -1, "media.no_clue"},
		{"digits in brackets", "活动(12).jpg", Unmatched, -1, "media.no_clue"},
		{"title and author", "书法-宪法之光-林守正.jpg", Matched, 0, "media.by_title_and_author"},
		{"title and second author", "吴明+宪法之光.png", Matched, 1, "media.by_title_and_author"},
		{"title and author in folders", "绘画/周知法/宪法之光/1.jpg", Matched, 1, "media.by_title_and_author"},
		{"title with other signs", "《法治中国·我的家》郑律.docx", Matched, 3, "media.by_title_and_author"},
		{"author with a dot in the name", "法治 阿依明宪.jpg", Matched, 2, "media.by_title_and_author"},
		{"same title and author, told by unit", "示例县文化馆/无题 王公正.jpg", Matched, 5, "media.by_title_and_author"},
		{"same title and author, nothing else", "无题 王公正.jpg", Doubtful, -1, "media.doubt_several"},
		{"title that two works bear", "宪法之光.jpg", Doubtful, -1, "media.doubt_several"},
		{"title that two works bear, told by category", "绘画/宪法之光.jpg", Matched, 1, "media.by_title"},
		{"title that is in a longer one", "法治中国我的家.docx", Matched, 3, "media.by_title"},
		{"short title that is the whole name", "法治(1).jpg", Matched, 2, "media.by_title"},
		{"short title within other words", "学习法治精神.jpg", Unmatched, -1, "media.no_clue"},
		{"title of one, author of another", "法治中国我的家-陈信.docx", Doubtful, -1, "media.doubt_clues_disagree"},
		{
			"number of one, title and author of another", "JY-001 宪法之光 周知法.jpg", Doubtful, -1,
			"media.doubt_clues_disagree",
		},
		{"author only", "陈信.jpg", Doubtful, -1, "media.doubt_author_only"},
		{"digits at the end of a title are whole", "law 23.txt", Unmatched, -1, "media.no_clue"},
		{"latin title and author", "Ann Lee - Law 2.txt", Matched, 7, "media.by_title_and_author"},
		{"nothing", "微信图片_2025.jpg", Unmatched, -1, "media.no_clue"},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			got := Match(matchRows, []Candidate{{Path: c.path}})[0]
			if got.Fit != c.fit || got.Row != c.row || got.Reason != c.reason {
				t.Errorf("%+v", got)
			}
			if (got.Fit == Doubtful) != (len(got.Offers) > 0) {
				t.Errorf("rows %v of a %s pair", got.Offers, got.Fit)
			}
		})
	}
}

func TestMatchTogether(t *testing.T) {
	rows := []Row{{
		Title:   "春到小院",
		Authors: []string{"林守正"},
	}, {
		Title:    "天平记事",
		FileName: "1.jpg",
	}, {
		Title:    "一诺千金",
		FileName: "2.jpg",
	}, {
		Title:    "敲门声",
		FileName: "3.doc",
	}}
	cases := []struct {
		behaviour string
		paths     []string
		fits      []Fit
	}{
		{
			"parts of a series by title alone", []string{"春到小院1.jpg", "春到小院2.jpg", "春到小院3（终稿）.jpg"},
			[]Fit{Matched, Matched, Matched},
		},
		{"unlike files by title alone", []string{"春到小院.jpg", "关于春到小院的说明.docx"}, []Fit{Matched, Doubtful}},
		{"title alone beside title and author", []string{"春到小院-林守正.jpg", "春到小院 背面.jpg"}, []Fit{Matched, Doubtful}},
		{"one name in two folders", []string{"a/1.jpg", "b/1.jpg", "a/2.jpg"}, []Fit{Doubtful, Doubtful, Matched}},
		{"full name before the stem", []string{"3.doc", "3.pdf"}, []Fit{Matched, Unmatched}},
	}
	for _, c := range cases {
		t.Run(c.behaviour, func(t *testing.T) {
			var files []Candidate
			for _, p := range c.paths {
				files = append(files, Candidate{Path: p})
			}
			var fits []Fit
			for i, p := range Match(rows, files) {
				fits = append(fits, p.Fit)
				if p.File != i {
					t.Errorf("pair %d is of file %d", i, p.File)
				}
			}
			if !slices.Equal(fits, c.fits) {
				t.Errorf("%v, want %v", fits, c.fits)
			}
		})
	}
}

// A work whose title, author and number are its own is never given another's file, however names are spelled.
func TestMatchNeverCrosses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "works")
		var rows []Row
		var files []Candidate
		for i := range n {
			title := fmt.Sprintf("作品%s之歌", string(rune(0x4E00+i*7)))
			author := fmt.Sprintf("林%s", string(rune(0x5200+i*5)))
			rows = append(rows, Row{Number: fmt.Sprintf("A-%03d", i), Title: title, Authors: []string{author}})
			style := rapid.SampledFrom([]string{
				"%[1]s-%[2]s.jpg", "%[2]s+《%[1]s》(1).jpg", "%[3]s.jpg", "%[2]s/%[1]s.png", "%[1]s.doc", "扫描%[4]d.jpg",
			}).Draw(t, "style")
			files = append(files, Candidate{Path: fmt.Sprintf(style, title, author, rows[i].Number, i)})
		}
		for i, p := range Match(rows, files) {
			if p.Fit == Matched && p.Row != i {
				t.Fatalf("file %d of row %d matched to %d", i, i, p.Row)
			}
		}
	})
}

func BenchmarkMatch10000(b *testing.B) {
	var rows []Row
	var files []Candidate
	for i := range 10_000 {
		title := fmt.Sprintf("法治伴我行之%d", i%4000)
		author := fmt.Sprintf("林%s%s", string(rune(0x4E00+i%2000)), string(rune(0x5E00+i/2000)))
		rows = append(rows, Row{Title: title, Authors: []string{author}, Number: fmt.Sprint(i % 3000), Category: "书法"})
		files = append(files, Candidate{Path: fmt.Sprintf("书法/%s-%s.jpg", title, author)})
	}
	for b.Loop() {
		Match(rows, files)
	}
}

// BenchmarkMatchAlike is the worst case: all works bear one title, one author and one number.
func BenchmarkMatchAlike10000(b *testing.B) {
	var rows []Row
	var files []Candidate
	for i := range 10_000 {
		rows = append(rows, Row{Title: "无题", Authors: []string{"林法"}, Number: "1", FileName: "1.jpg", Category: "书法"})
		files = append(files, Candidate{Path: fmt.Sprintf("书法/%d/无题-林法.jpg", i)})
	}
	for b.Loop() {
		Match(rows, files)
	}
}
