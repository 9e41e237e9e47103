package identity

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fayi/judging"
)

func work(file string, row int, title, author, unit string) judging.Work {
	return judging.Work{
		Title: title, Category: "征文", Authors: []string{author}, Unit: unit,
		Source: judging.Place{File: file, Sheet: "S", Row: row},
	}
}

// office takes files in as intake does: matched rows are later states, all others are new works.
type office struct {
	works []judging.Work
	at    map[judging.WorkID]int
	like  int
}

func (o *office) take(merge bool, files ...[]judging.Work) (fresh, same int) {
	x := New(merge)
	for _, w := range o.works {
		x.Add(w)
	}
	for _, rows := range files {
		for i, id := range x.Match(rows[0].Source.File, rows) {
			w := rows[i]
			if twin, ok := x.Twin(w); id == "" && ok {
				id = twin.ID
			}
			if id != "" {
				same++
				w.ID = id
				o.works[o.at[id]] = w
				continue
			}
			if _, how := x.Like(w); how != Unlike {
				o.like++
			}
			fresh++
			w.ID = judging.WorkID(judging.Serial("w", 6, len(o.works)+1))
			if o.at == nil {
				o.at = map[judging.WorkID]int{}
			}
			o.at[w.ID] = len(o.works)
			o.works = append(o.works, w)
			x.Met(w)
		}
	}
	return fresh, same
}

func TestStockTitlesAndCommonNamesNeverMerge(t *testing.T) {
	titles := []string{"宪法在我心中", "无题", "法治之光", "宪法伴我行"}
	names := []string{"张伟", "王芳", "李娜", "张敏"}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		var files [][]judging.Work
		all := 0
		for unit := range 60 {
			name := fmt.Sprintf("%02d/汇总表.xlsx", unit)
			if seed%2 == 0 {
				name = "汇总表.xlsx" // every school calls it so
			}
			var rows []judging.Work
			for i := range 10 {
				rows = append(rows, work(name, i+2, titles[r.IntN(4)], names[r.IntN(4)], fmt.Sprintf("第%d小学", unit)))
			}
			all += len(rows)
			files = append(files, rows)
		}
		r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		o := &office{}
		for _, f := range files {
			o.take(false, f)
		}
		if len(o.works) != all {
			t.Fatalf("seed %d: %d works of %d", seed, len(o.works), all)
		}
		if o.like < all/2 {
			t.Fatalf("seed %d: only %d likenesses were told", seed, o.like)
		}
		r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		if fresh, same := o.take(false, files...); seed%2 == 1 && (fresh != 0 || same != all) {
			t.Fatalf("seed %d: again %d new, %d the same", seed, fresh, same)
		}
		for _, f := range files {
			if fresh, same := o.take(false, f); fresh != 0 || same != len(f) {
				t.Fatalf("seed %d: a file again %d new, %d the same", seed, fresh, same)
			}
		}
	}
}

func TestTheOrderOfFilesDoesNotMatter(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		var files [][]judging.Work
		for f := range 4 {
			var rows []judging.Work
			for i := range 1 + r.IntN(6) {
				rows = append(rows, work(fmt.Sprintf("%c表.xlsx", '甲'+rune(f)*7), i+2, fmt.Sprint("题", r.IntN(5)),
					fmt.Sprint("人", r.IntN(3)), fmt.Sprintf("第%d小学", r.IntN(2))))
			}
			files = append(files, rows)
		}
		count := -1
		for range 4 { // within one intake
			r.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
			o := &office{}
			o.take(false, files...)
			if count >= 0 && len(o.works) != count {
				t.Fatalf("seed %d: %d works, then %d", seed, count, len(o.works))
			}
			count = len(o.works)
		}
		if two := files[:2]; true { // one after the other
			a, b := &office{}, &office{}
			a.take(false, two[0])
			a.take(false, two[1])
			b.take(false, two[1])
			b.take(false, two[0])
			if len(a.works) != len(b.works) {
				t.Fatalf("seed %d: %d works one way, %d the other", seed, len(a.works), len(b.works))
			}
		}
	}
}

func TestWhatIsTheSameWork(t *testing.T) {
	numbered := func(w judging.Work, n string) judging.Work { w.Number = n; return w }
	for _, c := range []struct {
		name          string
		before, after []judging.Work
		same          int
	}{
		{"another school", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("b.xlsx", 2, "题", "甲", "第二小学")}, 0},
		{"another school, the same name of the file", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("a.xlsx", 2, "题", "甲", "第二小学")}, 0},
		{"a unit written in full", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("a.xlsx", 2, "题", "甲", "示例县第一小学")}, 1},
		{"a unit corrected in a list that is the same", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学"),
			work("a.xlsx", 3, "歌", "乙", "第一小学")},
			[]judging.Work{work("a.xlsx", 2, "题", "甲", "第二小学"), work("a.xlsx", 3, "歌", "乙", "第一小学")}, 2},
		{"a title corrected in its place", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("a.xlsx", 2, "提", "甲", "第一小学")}, 1},
		{"another work in that place", []judging.Work{work("a.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("a.xlsx", 2, "歌", "乙", "第一小学")}, 0},
		{"a later version under another name", []judging.Work{work("报送表.xlsx", 2, "题", "甲", "第一小学")},
			[]judging.Work{work("报送表（最终版）.xlsx", 9, "题", "甲", "第一小学")}, 1},
		{"no unit, the same file", []judging.Work{work("a.xlsx", 2, "题", "甲", "")},
			[]judging.Work{work("a.xlsx", 2, "题", "甲", "")}, 1},
		{"no unit, another file", []judging.Work{work("a.xlsx", 2, "题", "甲", "")},
			[]judging.Work{work("b.xlsx", 2, "题", "甲", "")}, 0},
		{"one work of another list that is not the same", []judging.Work{
			work("a.xlsx", 2, "题", "甲", "第一小学"), work("a.xlsx", 3, "歌", "乙", "第一小学"), work("a.xlsx", 4, "画", "丙", "第一小学"),
		}, []judging.Work{
			work("b.xlsx", 2, "题", "甲", "第一小学"), work("b.xlsx", 3, "词", "丁", "第一小学"), work("b.xlsx", 4, "曲", "戊", "第一小学"),
		}, 0},
		{"two works that agree in all, moved", []judging.Work{work("a.xlsx", 2, "无题", "甲", "第一小学"),
			work("a.xlsx", 3, "无题", "甲", "第一小学")},
			[]judging.Work{work("a.xlsx", 4, "无题", "甲", "第一小学"), work("a.xlsx", 5, "无题", "甲", "第一小学")}, 2},
		{"numbers tell two apart", []judging.Work{
			numbered(work("a.xlsx", 2, "无题", "甲", "第一小学"), "1"), numbered(work("a.xlsx", 3, "无题", "甲", "第一小学"), "2"),
		}, []judging.Work{
			numbered(work("a.xlsx", 2, "无题", "甲", "第一小学"), "2"), numbered(work("a.xlsx", 3, "无题", "甲", "第一小学"), "1"),
		}, 2},
		{"the number of another school", []judging.Work{numbered(work("a.xlsx", 2, "题", "甲", "第一小学"), "001")},
			[]judging.Work{numbered(work("b.xlsx", 2, "题", "甲", "第二小学"), "001")}, 0},
		{"a number and a new title", []judging.Work{numbered(work("a.xlsx", 2, "题", "甲", "第一小学"), "A7")},
			[]judging.Work{numbered(work("a.xlsx", 8, "提", "甲", "第一小学"), "A7")}, 1},
	} {
		o := &office{}
		o.take(false, c.before)
		if _, same := o.take(false, c.after); same != c.same {
			t.Errorf("%s: %d rows are works that came before, want %d", c.name, same, c.same)
		}
	}
	x := New(false)
	x.Add(numbered(judging.Work{ID: "w1", Title: "无题", Category: "征文", Authors: []string{"甲"}, Unit: "第一小学",
		Source: judging.Place{File: "a.xlsx", Row: 2}}, "1"))
	x.Add(numbered(judging.Work{ID: "w2", Title: "无题", Category: "征文", Authors: []string{"甲"}, Unit: "第一小学",
		Source: judging.Place{File: "a.xlsx", Row: 3}}, "2"))
	got := x.Match("a.xlsx", []judging.Work{numbered(judging.Work{Title: "无题", Category: "征文", Authors: []string{"甲"},
		Unit: "第一小学", Source: judging.Place{File: "a.xlsx", Row: 2}}, "2")})
	if got[0] != "w2" {
		t.Errorf("the number says w2, not %q", got[0])
	}
}

func TestOneImportMergesOnlyWhenAsked(t *testing.T) {
	a, b := work("a.xlsx", 2, "题", "甲", "第一小学"), work("b.xlsx", 2, "题", "甲", "第一小学")
	for merge, want := range map[bool]int{false: 2, true: 1} {
		o := &office{}
		o.take(merge, []judging.Work{a}, []judging.Work{b})
		if len(o.works) != want {
			t.Errorf("merge %v: %d works", merge, len(o.works))
		}
		if fresh, _ := o.take(false, []judging.Work{a}, []judging.Work{b}); fresh != 0 {
			t.Errorf("merge %v: %d new when both come again", merge, fresh)
		}
	}
}

func TestStemsOfFiles(t *testing.T) {
	for _, same := range [][2]string{
		{"汇总表.xlsx", "汇总表(1).xlsx"}, {"汇总表.xlsx", "来稿/汇总表-最终版.xls"}, {"汇总表.xlsx", "副本汇总表.xlsx"},
		{"汇总表.xlsx", "汇总表（修改）.xlsx"}, {"汇总表.xlsx", "汇总表20201105.xlsx"}, {"汇总表v2.xlsx", "汇总表.csv"},
	} {
		if stem(same[0]) != stem(same[1]) {
			t.Errorf("%q is %q, %q is %q", same[0], stem(same[0]), same[1], stem(same[1]))
		}
	}
	if stem("第一小学.xlsx") == stem("第二小学.xlsx") || stem("2.xlsx") == stem("3.xlsx") {
		t.Error("two schools have one list")
	}
}
