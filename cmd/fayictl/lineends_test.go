package main

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"fayi/assets/rubrics"
	"fayi/cmd/fayictl/internal/command"
	"fayi/judging/store/seal"
)

// forged is what a reader would take for a line that the program said, had the name before it ended its line.
const forged = "检查完毕没有问题"

// evil is a name that ends its line by every sign that ends one, clears the screen and turns the text round.
func evil(name string) string {
	return name + "\n" + forged + "\r" + forged + "\u0085" + forged + "\u2028" + forged + "\u2029" +
		"\x1b[2J\u009b31m\a\b\x7f\u202e\u2067\u200f尾"
}

// steering lists the signs of s that a reader does not see and a terminal obeys. Written by hand, so that it shares
// nothing with what it checks.
func steering(s string) (out []string) {
	for _, r := range s {
		switch {
		case r < ' ' && r != '\n' || r >= 0x7F && r <= 0x9F, r == 0x2028, r == 0x2029, r >= 0x202A && r <= 0x202E,
			r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
			out = append(out, fmt.Sprintf("%U", r))
		}
	}
	return out
}

// evilRun gives command lines to the program and looks at all that it says.
type evilRun struct {
	t      *testing.T
	format string
}

// run runs words, of which EVIL stands for one that steers, in a folder of the run's own.
func (e *evilRun) run(want int, words ...string) string {
	e.t.Helper()
	var out, told bytes.Buffer
	code := command.Run(e.t.Context(), nouns, append(words, "--format", e.format), command.World{Out: &out, Err: &told,
		In: strings.NewReader(""), Lang: "zh_CN.UTF-8", Now: time.Now, Random: rand.Reader,
		Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1}})
	if code != want {
		e.t.Errorf("%q: exit %d, not %d\n%s\n%s", words, code, want, &told, &out)
	}
	e.text(words, told.String())
	if e.format == "text" {
		e.text(words, out.String())
		return out.String()
	}
	if !json.Valid(out.Bytes()) {
		e.t.Errorf("%q: no JSON: %s", words, &out)
	}
	if bad := steering(out.String()); bad != nil {
		e.t.Errorf("%q: JSON with raw %v", words, bad)
	}
	return out.String()
}

func (e *evilRun) text(args []string, said string) {
	e.t.Helper()
	if !utf8.ValidString(said) {
		e.t.Errorf("%q says bytes that are no text: %q", args, said)
	}
	if bad := steering(said); bad != nil {
		e.t.Errorf("%q says %v: %q", args, bad, said)
	}
	for line := range strings.SplitSeq(said, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), forged) {
			e.t.Errorf("%q says a line that a name forged: %q", args, said)
		}
	}
}

// listOf writes a list as CSV, which holds any sign.
func listOf(t *testing.T, path string, rows ...[]string) {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// bookOf writes a workbook whose sheet has a name that steers, as far as Excel lets it: it takes no line end there.
func bookOf(t *testing.T, path string, rows ...[]string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := "表\u202e\u0085\u2028" + forged
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprint("A", r+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// within is evil without what parts several names in one cell.
func within(name string) string {
	return name + "\u0085" + forged + "\x1b[2J\u009b31m\u202e\u2067\u200f尾"
}

// plant writes lists and files whose every name steers.
func plant(t *testing.T) {
	t.Helper()
	rows := [][]string{{"作品名称", "类别", "组别", "作者", "单位", "指导教师", "联系电话"}}
	for i := range 6 {
		rows = append(rows, []string{evil(fmt.Sprintf("题%c", '甲'+rune(i)*7)), "征文", "成人组",
			within(fmt.Sprintf("作者%c", '丁'+rune(i)*11)), evil(fmt.Sprintf("单位%d", i%3)), within("教师"),
			"1380000000" + fmt.Sprint(i)})
	}
	bad := []string{"", evil("无此类"), evil("无此组"), evil("无题"), evil("某单位"), "", evil("电话")}
	listOf(t, evil("list")+".csv", append(rows, bad)...)
	bookOf(t, evil("book")+".xlsx", rows[0], bad, []string{within("又题"), evil("无此类"), "", evil("某"), evil("单位0")})
	listOf(t, evil("judges")+".csv", []string{"姓名", "单位", "类别", "回避单位"},
		[]string{within("佟一"), evil("甲馆"), "征文", evil("单位0")}, []string{within("佟二"), evil("乙馆"), "征文", ""},
		[]string{within("佟四"), evil("甲馆"), "征文", ""}, []string{"", evil("丙馆"), evil("无此类"), ""})
	listOf(t, evil("units")+".csv", []string{"单位名称", "类型", "联系人", "电话", "邮箱"},
		[]string{evil("单位0"), "学校", evil("某人"), "13800138000", evil("a@b")}, []string{"", "学校", evil("丙某"), "", ""})
	if err := os.Mkdir(evil("files"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"题甲.txt", "题畀.txt", "无名.txt", "无名.png", "无名.exe", "无名.xlsx"} {
		name = evil(strings.TrimSuffix(name, filepath.Ext(name))) + filepath.Ext(name)
		if i == 2 {
			name = "坏\xff\x9b31m字节\n" + forged + name
		}
		text := strings.Repeat("依法治国，人人有责。", 20+i)
		if err := os.WriteFile(filepath.Join(evil("files"), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("out", 0o700); err != nil {
		t.Fatal(err)
	}
}

// papers looks at each table that the program wrote into the folder: no cell holds a sign that steers, nor ends a line
// that a name forged.
func papers(t *testing.T, dir string) {
	t.Helper()
	cells, pdfs := 0, 0
	look := func(path, cell string) {
		cells++
		cell = strings.ReplaceAll(cell, "\t", " ")
		bad := steering(cell)
		for line := range strings.SplitSeq(cell, "\n") {
			// a list goes back to the unit that wrote it with its cells as they came, lines and all
			if strings.HasPrefix(strings.TrimSpace(line), forged) && filepath.Base(path) != "problems.xlsx" {
				bad = append(bad, "a forged line")
			}
		}
		if bad != nil {
			t.Errorf("%q: %v in %q", path, bad, cell)
		}
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch filepath.Ext(path) {
		case ".csv":
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				return err
			}
			for _, row := range rows {
				for _, cell := range row {
					look(path, cell)
				}
			}
		case ".xlsx":
			for _, cell := range bookCells(t, data) {
				look(path, cell)
			}
		case ".docx":
			for _, s := range wordTexts(t, path, data) {
				look(path, s)
			}
		case ".pdf": // where its lines end is the type-setter's choice: judging/diploma looks at that
			pdfs++
			for _, program := range [][]string{{"pdftotext", path, "-"}, {"pdfinfo", path}} {
				said, err := exec.Command(program[0], program[1:]...).Output()
				if err != nil {
					return err
				}
				if bad := steering(strings.ReplaceAll(string(said), "\f", "")); bad != nil {
					t.Errorf("%q: %v in %q", path, bad, said)
				}
				if strings.Contains(string(said), "□") {
					t.Errorf("%q draws what steers: %q", path, said)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	t.Logf("%d cells and texts of papers, %d files of PDF", cells, pdfs)
	if cells < 200 || pdfs < 5 {
		t.Error("few")
	}
}

// bookCells returns what a workbook shows: cells, names of sheets, remarks, its title.
func bookCells(t *testing.T, data []byte) (out []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	props, err := f.GetDocProps()
	if err != nil {
		t.Fatal(err)
	}
	out = append(out, props.Title)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sheet)
		for _, row := range rows {
			out = append(out, row...)
		}
		remarks, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range remarks {
			out = append(out, r.Text)
		}
	}
	return out
}

// wordTexts returns the texts of a letter.
func wordTexts(t *testing.T, path string, data []byte) (out []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(path, err)
	}
	in, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for dec := xml.NewDecoder(in); ; {
		tok, err := dec.Token()
		if err != nil {
			return out
		}
		if text, ok := tok.(xml.CharData); ok {
			out = append(out, string(text))
		}
	}
}

// TestNamesThatSteerAreShownHarmless brings names that end their line, give a terminal orders or turn the text round
// in by every door, and looks at all that the program says and writes afterwards.
func TestNamesThatSteerAreShownHarmless(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Chdir(t.TempDir())
			t.Setenv("XDG_CONFIG_HOME", t.TempDir())
			plant(t)
			rules := strings.NewReplacer("range = 20", "range = 1", "min_score = ", "min_score = 1 # ").
				Replace(string(rubrics.LegalCulture))
			if err := os.WriteFile("rules.toml", []byte(rules), 0o600); err != nil {
				t.Fatal(err)
			}
			e := &evilRun{t: t, format: format}
			e.comes()
			e.isJudged()
			e.isReported()
			e.isWrong()
			papers(t, "out")
		})
	}
}

// on runs commands on the contest in dir, each of a line.
func (e *evilRun) on(dir, lines string) {
	e.t.Helper()
	for line := range strings.Lines(lines) {
		if words := strings.Fields(line); len(words) > 0 {
			e.run(0, append([]string{words[0], words[1], dir}, words[2:]...)...)
		}
	}
}

func (e *evilRun) comes() {
	e.run(0, "contest", "new", "c.fayi", "--name", evil("征集"), "--host", evil("某局"), "--rules", "rules.toml")
	e.run(0, "contest", "new", evil("d")+".fayi", "--name", "又一个")
	e.run(0, "works", "import", "c.fayi", evil("list")+".csv", "--media", evil("files"), "--dry-run", "--all")
	e.run(0, "works", "import", "c.fayi", evil("list")+".csv", "--media", evil("files"))
	e.run(0, "works", "import", "c.fayi", evil("book")+".xlsx", "--all")
	e.run(0, "judges", "import", "c.fayi", evil("judges")+".csv", "--all")
	e.run(0, "judges", "add", "c.fayi", "--name", evil("佟三"), "--unit", evil("丁馆"), "--categories", "征文")
	e.run(0, "units", "import", "c.fayi", evil("units")+".csv", "--all")
	e.run(0, "works", "correct", "c.fayi", "--work", "w000002", "--set", "title="+evil("新题"), "--reason", evil("写错"))
	e.run(0, "works", "reference", "add", "c.fayi", evil("files"), "--set", evil("往年"))
	e.run(0, "conflicts", "declare", "c.fayi", "--judge", "j001", "--work", "w000001", "--reason", evil("亲属"))
	e.on("c.fayi", `
		contest show
		contest check
		contest rules
		contest open-points
		contest backup
		contest backups
		works list
		works list --judge-view
		works intakes
		works intakes --intake i001 --sheet=
		works check
		works check --work w000001
		works show --work w000001
		works reconcile
		works duplicates
		works blind --prepare
		works blind --out out/blind.xlsx
		works export --out out/works.xlsx
		works text --work w000001
		works history --work w000002
		works corrections
		problems list --rows 9
		problems list --units
		problems export --out out/problems.xlsx
		units list
		units lists
		units aliases
		judges list
		judges lists
		conflicts list
		conflicts suspects`)
	e.run(0, "contest", "find", "c.fayi", "题")
	e.run(0, "works", "reference", "list", "c.fayi")
}

func (e *evilRun) isJudged() {
	e.on("c.fayi", `
		assign plan --per-work 2 --seed 7
		assign show
		assign publish --accept duplicates,no_group,no_files,blind,units_alike,unit_not_listed,import_problems
		assign list
		scores sheets --out out/sheets
		scores status
		scores progress
		scores remind
		scores flags
		room passes
		room serve --addr 127.0.0.1:0 --for 50ms`)
	e.run(0, "packet", "seal", "c.fayi", "--out", "out/packets", "--to", evil("某处"), "--due", "2030-01-01")
	e.on("c.fayi", `
		packet list
		packet slip --out out/slips.pdf`)
	e.run(0, "rehearse", "c.fayi", "--out", "r.fayi", "--seed", "3")
	e.run(0, "rank", "r.fayi")
	e.on("r.fayi", `
		rank explain --work w000002
		rank agreement
		judges report
		judges spread
		judges hints
		scores history --work w000002
		scores signoff --judge j001 --out out/signoff.pdf
		scores signoff --judge j003 --out out/signoff3.pdf
		disputes list
		scores flags`)
}

func (e *evilRun) isReported() {
	e.run(0, "awards", "decide", "r.fayi")
	e.run(0, "awards", "override", "r.fayi", "--work", "w000004", "--award", "一等奖", "--reason", evil("评委会复议"))
	e.on("r.fayi", `
		awards decide
		awards list
		awards board
		awards honours
		awards influence
		awards rulings`)
	e.run(0, "awards", "publish", "r.fayi", "--accept", "disputes,unranked,flags,two_formulas,no_files", "--from",
		"2020-05-12", "--days", "3", "--contact", evil("某人"))
	e.run(0, "awards", "object", "r.fayi", "--work", "w000002", "--text", evil("疑似雷同"), "--from", evil("某人"))
	e.run(0, "awards", "answer", "r.fayi", "--objection", "b001", "--answer", evil("不属实"))
	e.on("r.fayi", `
		awards notice
		awards final
		report awards --out out/awards.xlsx
		report notice --out out/notice.docx
		report rules --out out/rules.pdf
		report matrix --out out/matrix.xlsx
		report statistics --out out/statistics.csv
		report statistics --out out/statistics.xlsx
		report batch --to city --out out/batch --accept no_files,notice_not_over
		report batches
		report due
		report certificates --out out/certificates.pdf
		report letters --out out/letters --comments --certificates
		report participation --out out/units.xlsx
		report exhibition --check
		report exhibition --out out/web --consents-on-paper --left out/left.xlsx
		report album --out out/album.pdf --consents-on-paper
		contest journal
		contest open-points
		contest check`)
	e.run(0, "report", "check", "out/batch")
}

// isWrong gives the program words that are mistakes.
func (e *evilRun) isWrong() {
	for _, words := range [][]string{
		{evil("works")}, {"works", evil("list")}, {"works", "list", "c.fayi", "--" + evil("text")},
		{"works", "list", "c.fayi", "-" + evil("t")},
		{"assign", "plan", "c.fayi", "--per-work", evil("2")}, {"works", "list", "c.fayi", evil("more")},
		{"completion", evil("bash")}, {"works", "import", "c.fayi", "a.csv", "--fill", evil("组别")},
		{"room", "serve", "c.fayi", "--for", evil("1s")},
	} {
		e.run(2, words...)
	}
	for _, words := range [][]string{
		{"works", "list", evil("none") + ".fayi"}, {"works", "import", "c.fayi", evil("none") + ".csv"},
		{"works", "show", "c.fayi", "--work", evil("w")}, {"units", "forget", "c.fayi", "--alias", evil("无")},
		{"table", "rank", evil("none") + ".csv"}, {"report", "check", evil("none")},
	} {
		e.run(4, words...)
	}
	e.run(3, "works", "import", "c.fayi", evil("files")+"/"+evil("无名")+".xlsx")
	e.run(3, "works", "correct", "c.fayi", "--work", "w000001", "--set", evil("code")+"=1", "--reason", "有误")
}
