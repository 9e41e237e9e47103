package command

import (
	"bytes"
	"strings"
	"testing"

	"fayi/assets"
	"fayi/judging"
)

func TestWhatIsWrongInManyRowsIsSaidOnce(t *testing.T) {
	catalogue, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	var told bytes.Buffer
	pr := &Printer{err: &told, Text: catalogue.In("zh-Hans")}
	var problems []judging.Problem
	for _, row := range []int{3, 5, 6, 7, 12} {
		problems = append(problems, judging.Problem{Place: judging.Place{File: "甲.xlsx", Sheet: "书法", Row: row},
			Column: "F", Text: "works.needs_reason"})
	}
	problems = append(problems, judging.Problem{Place: judging.Place{File: "乙.xlsx"}, Text: "works.needs_reason"})
	pr.Complain(problems, 10)
	if got := told.String(); strings.Count(got, "\n") != 2 || !strings.Contains(got,
		"甲.xlsx 工作表“书法” 第 3, 5-7, 12 行 F 列") {
		t.Fatalf("%s", got)
	}
}

func TestColumnsLineUpAlsoInChinese(t *testing.T) {
	var out bytes.Buffer
	pr := &Printer{out: &out}
	pr.Table([][]string{{"编号", "a"}, {"x", "b"}})
	if got := out.String(); got != "编号  a\nx     b\n" {
		t.Fatalf("%q", got)
	}
}

func TestOfManyThingsTheFirstAreShownAndTheOthersCounted(t *testing.T) {
	catalogue, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ n, shown, left int }{
		{0, 0, 0}, {1, 1, 0}, {20, 20, 0}, {21, 21, 0}, {22, 20, 2}, {30000, 20, 29980},
	} {
		var out bytes.Buffer
		pr := &Printer{out: &out, Text: catalogue.In("zh-Hans")}
		shown := 0
		pr.Some(c.n, "cli.reconcile_more_loose", func(i int) {
			if i != shown {
				t.Errorf("of %d, %d comes after %d things", c.n, i, shown)
			}
			shown++
		})
		left := ""
		if c.left > 0 {
			left = catalogue.In("zh-Hans").T("cli.reconcile_more_loose", judging.Args{"Count": c.left}) + "\n"
		}
		if shown != c.shown || out.String() != left {
			t.Errorf("of %d, %d are shown and it says %q", c.n, shown, &out)
		}
	}
}
