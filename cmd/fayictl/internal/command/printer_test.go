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
