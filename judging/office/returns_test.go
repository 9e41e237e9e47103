package office_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/review"
)

func TestEachSenderGetsItsOwnListOfWhatGoesBack(t *testing.T) {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header,
		[]any{"甲篇", "征文", "", "张一", "一中/分校", "", ""}, []any{"乙篇", "征文", "", "李二", "一中\\分校", "", ""},
		[]any{"丙篇", "征文", "", "王三", "二中", "", ""},
		[]any{"丁篇", "征文", "", "赵四", "二中", "", ""})}})
	_, err := o.Review().ReportReturns(t.Context(), t.TempDir(), review.ReturnsRequest{}, words(t))
	wantCode(t, err, judging.Closed, "returns.none")
	f := judging.Finding{
		Status:  judging.Returned,
		Reasons: []judging.ReviewReason{judging.ReasonNeedsRelease},
		Note:    "第三张照片",
	}
	if _, err := o.Review().ReviewWorks(t.Context(), idsUpTo(3), f); err != nil {
		t.Fatal(err)
	}
	if err := reviewAs(t, o, "w000004", judging.Rejected, "=1+1 抄袭"); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "退回")
	r, err := o.Review().ReportReturns(t.Context(), dir, review.ReturnsRequest{
		By: time.Date(2020, 6, 30, 0, 0, 0, 0, time.UTC),
	}, words(t))
	if err != nil || r.Works != 4 || r.Units != 3 {
		t.Fatalf("%+v %v", r, err)
	}
	want := []string{"退回清单-全部.xlsx", "退回清单-一中／分校.xlsx", "退回清单-一中＼分校.xlsx", "退回清单-二中.xlsx"}
	if !slices.Equal(r.Files, want) {
		t.Fatalf("%q", r.Files)
	}
	rows := sheetRows(t, filepath.Join(dir, "退回清单-二中.xlsx"))
	if got := rows[3]; !slices.Equal(got[2:], []string{
		"丙篇", "王三", "征文", "退回", "出现未成年人肖像，缺监护人授权书；第三张照片", "补交监护人签名的授权书", "2020年6月30日",
	}) {
		t.Fatalf("%q", got)
	}
	if got := rows[4]; got[6] != "=1+1 抄袭" || got[7] != "不用补正" {
		t.Fatalf("%q", got)
	}
	first, _ := os.ReadFile(filepath.Join(dir, want[0]))
	if _, err := o.Review().ReportReturns(t.Context(), dir, review.ReturnsRequest{
		By: time.Date(2020, 6, 30, 0, 0, 0, 0, time.UTC),
	}, words(t)); err != nil {
		t.Fatal(err)
	}
	if again, _ := os.ReadFile(filepath.Join(dir, want[0])); !bytes.Equal(first, again) {
		t.Error("the same list is not the same bytes")
	}
}

func sheetRows(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
