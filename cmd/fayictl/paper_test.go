package main

import (
	"bytes"
	"crypto/rand"
	"fayi/cmd/fayictl/internal/command"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fayictl runs one command line in this process and wants exit code 0.
func fayictl(t *testing.T, args ...string) string {
	t.Helper()
	var out, told bytes.Buffer
	code := command.Run(t.Context(), nouns, args, command.World{Out: &out, Err: &told,
		In: strings.NewReader(""), Lang: "zh_CN.UTF-8",
		Now: time.Now, Random: rand.Reader})
	if code != 0 {
		t.Fatalf("fayictl %v: exit %d\n%s", args, code, &told)
	}
	return out.String()
}

// TestPapersOpenInAnotherSpreadsheetProgram converts an award list and a score sheet by LibreOffice and reads the
// pages back with poppler.
func TestPapersOpenInAnotherSpreadsheetProgram(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	fayictl(t, "sample", at("s"), "--seed", "2")
	fayictl(t, "contest", "new", at("c.fayi"), "--name", "法治文化作品征集", "--host", "示例县司法局")
	fayictl(t, "works", "import", at("c.fayi"), filepath.Join(at("s"), "来稿"))
	fayictl(t, "judges", "import", at("c.fayi"), filepath.Join(at("s"), "评委.xlsx"))
	fayictl(t, "assign", "plan", at("c.fayi"), "--seed", "2")
	fayictl(t, "assign", "publish", at("c.fayi"), "--accept", "import_problems")
	fayictl(t, "rehearse", at("c.fayi"), "--out", at("r.fayi"), "--seed", "2")
	fayictl(t, "awards", "decide", at("r.fayi"))
	fayictl(t, "report", "awards", at("r.fayi"), "--out", at("list.xlsx"))
	fayictl(t, "scores", "sheets", at("r.fayi"), "--out", at("sheets"), "--judge", "j005")

	list := pages(t, at("list.xlsx"))
	for _, want := range []string{"【演练】", "法治文化作品征集获奖名单", "序号", "指导教师", "一等奖", "主办单位", "示例县司法局", "第 1 页"} {
		if !strings.Contains(list, want) {
			t.Errorf("the award list lacks %q", want)
		}
	}
	sheets, err := filepath.Glob(filepath.Join(at("sheets"), "*.xlsx"))
	if err != nil || len(sheets) != 1 {
		t.Fatalf("%v %v", sheets, err)
	}
	if err := os.Rename(sheets[0], at("sheet.xlsx")); err != nil {
		t.Fatal(err)
	}
	sheet := pages(t, at("sheet.xlsx"))
	for _, want := range []string{"评分表", "作品编号", "合计", "评委签名"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the score sheet lacks %q", want)
		}
	}
	if strings.Contains(sheet, "小学（示例）") || strings.Contains(sheet, "示例县第") {
		t.Error("the score sheet names a unit")
	}
}

// pages prints a workbook to PDF and returns its text.
func pages(t *testing.T, path string) string {
	t.Helper()
	dir := filepath.Dir(path)
	convert := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "lo"), "--headless",
		"--convert-to", "pdf", "--outdir", dir, path)
	if out, err := convert.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice (scripts/deps test installs it): %v\n%s", err, out)
	}
	text, err := exec.Command("pdftotext", "-layout", strings.TrimSuffix(path, ".xlsx")+".pdf", "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(text)
}
