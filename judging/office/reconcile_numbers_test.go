package office_test

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/office/intake"
)

// A folder as units send it: names with the title, the author, both, a title cut off, a stranger, one file twice.
func TestTheNumbersOfFilesAgreeBetweenPreviewResultAndReconciliation(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	long := "论新时代社会主义法治文化在基层社区的传播与实践"
	list := table(t, "汇总.xlsx", header,
		[]any{"守法之光", "书法", "小学组", "甲某某", "第一小学", "", ""},
		[]any{"法在身边", "书法", "小学组", "乙某某", "第一小学", "", ""},
		[]any{long, "书法", "小学组", "丙某某", "第二小学", "", ""},
		[]any{"无题", "书法", "小学组", "丁某某", "第二小学", "", ""},
		[]any{"无题", "书法", "小学组", "戊某某", "第二小学", "", ""},
	)
	for name, text := range map[string]string{
		"守法之光.txt": "一", "收件/2、乙某某 法在身边 扫描件.txt": "二", "3、丙某某 论新时代社会主义法治文化在基层.txt": "三",
		"无题.txt": "四", "IMG_3812.txt": "五", "再收/IMG_3812.txt": "五", "通知.txt": "六",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, writeText(path, text))
	}
	req := intake.ImportRequest{Sources: []string{list}, Media: []string{dir}, DryRun: true}
	preview := importAll(t, o, req)
	req.DryRun = false
	result := importAll(t, o, req)
	page, err := o.Intake().Reconcile(t.Context())
	must(t, err)
	on := intake.FileTally{
		Matched: len(page.Matched), Doubtful: len(page.Doubtful), Unmatched: len(page.Loose),
		Attached: len(page.Matched), Copies: 1,
	}
	if preview.Files.Copies != on.Copies || len(result.Copies) != on.Copies {
		t.Errorf("the file that came twice: preview %+v, result %+v", preview.Copies, result.Copies)
	}
	if preview.Files.Matched != on.Matched || preview.Files.Doubtful != on.Doubtful ||
		preview.Files.Unmatched != on.Unmatched {
		t.Errorf("the preview says %+v, the page %+v", preview.Files, on)
	}
	if result.Files != on {
		t.Errorf("the result says %+v, the page %+v", result.Files, on)
	}
	if on.Matched < 3 || on.Matched+on.Doubtful+on.Unmatched != 6 {
		t.Errorf("six files, one of them twice: %+v", on)
	}
	again := importAll(t, o, req)
	if again.Files.Doubtful != on.Doubtful || again.Files.Unmatched != on.Unmatched || again.Files.Attached != 0 {
		t.Errorf("the same again says %+v", again.Files)
	}
}
