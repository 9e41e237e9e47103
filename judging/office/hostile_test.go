package office_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/report"
)

// put writes a file into a new folder and returns its path.
func put(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// content reads a file that must be there.
func content(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// packed is one file of an archive; from is where its bytes come from.
type packed struct {
	name string
	from io.Reader
	mode os.FileMode
	torn bool // bytes that do not fit their checksum
}

// archive writes a zip and returns its path.
func archive(t *testing.T, name string, files ...packed) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.mode != 0 {
			h.SetMode(f.mode)
		}
		make, from := z.CreateHeader, f.from
		if f.torn {
			body, _ := io.ReadAll(f.from)
			h.Method, h.CRC32 = zip.Store, ^crc32.ChecksumIEEE(body)
			h.CompressedSize64, h.UncompressedSize64 = uint64(len(body)), uint64(len(body))
			make, from = z.CreateRaw, bytes.NewReader(body)
		}
		w, err := make(h)
		if err == nil {
			_, err = io.Copy(w, from)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return put(t, name, b.Bytes())
}

// rawBook is a workbook of the given rows, as XML.
func rawBook(t *testing.T, rows io.Reader) string {
	t.Helper()
	return archive(t, "甲.xlsx",
		packed{
			name: "xl/workbook.xml",
			from: strings.NewReader(`<workbook><sheets><sheet name="作品" sheetId="1" r:id="rId1"/></sheets></workbook>`),
		},
		packed{name: "xl/_rels/workbook.xml.rels", from: strings.NewReader(
			`<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
				`</Relationships>`)},
		packed{
			name: "xl/worksheets/sheet1.xml",
			from: io.MultiReader(strings.NewReader("<worksheet><sheetData>"), rows),
		})
}

// goodRows are a header and n rows of a rawBook.
func goodRows(n int) string {
	var b strings.Builder
	row := func(at int, cells ...string) {
		fmt.Fprintf(&b, `<row r="%d">`, at)
		for i, c := range cells {
			fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, at, c)
		}
		b.WriteString("</row>")
	}
	row(1, "作品名称", "类别", "作者")
	for i := range n {
		row(i+2, fmt.Sprintf("守法第%d号", i), "歌曲", fmt.Sprintf("甲某%d", i))
	}
	return b.String()
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func locked(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	path := filepath.Join(t.TempDir(), "甲.xlsx")
	if err := f.SaveAs(path, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// state is what an import that fails must leave as it was.
type state struct{ works, intakes, entries int }

func stateOf(t *testing.T, o *office.Office) state {
	t.Helper()
	intakes, err := o.Intake().Intakes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := o.Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state{wantWhole(t, o), len(intakes), len(entries)}
}

// ownTemp gives the test a folder of its own for temporary files and returns a check that it is empty again.
func ownTemp(t *testing.T) (wantEmpty func()) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, dir)
	}
	return func() {
		t.Helper()
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left in the folder for temporary files: %v, %v", left, err)
		}
	}
}

func TestHostileSourcesAreRefusedAndNothingIsWritten(t *testing.T) {
	good := content(t, worksFile(t, 30))
	tail := "</sheetData></worksheet>"
	for name, attack := range map[string]struct {
		source string
		code   judging.Code
		text   string
	}{
		"locked by a password": {locked(t), judging.Invalid, "sheet.encrypted"},
		"cut short":            {put(t, "甲.xlsx", good[:len(good)/2]), judging.Invalid, "sheet.truncated"},
		"a picture":            {put(t, "甲.xlsx", []byte("\x89PNG\r\n\x1a\n")), judging.Invalid, "sheet.not_workbook"},
		"a picture called csv": {put(t, "甲.csv", []byte("\xff\xd8\xff\xe0")), judging.Invalid, "sheet.not_workbook"},
		"empty":                {put(t, "甲.xlsx", nil), judging.Invalid, "sheet.empty"},
		"empty text":           {put(t, "甲.csv", nil), judging.Invalid, "sheet.empty"},
		"a bomb":               {rawBook(t, io.LimitReader(zeros{}, 200<<20)), judging.Invalid, "sheet.too_big"},
		"a bomb in a zip": {archive(t, "甲.zip", packed{
			name: "a.txt",
			from: io.LimitReader(zeros{}, 100<<20),
		}), judging.Invalid, "media.zip_bomb"},
		"breaks off after rows": {
			rawBook(t, strings.NewReader(goodRows(6000)+`<row r="7000"><c`)), judging.Invalid, "sheet.broken",
		},
		"too many rows": {
			rawBook(t, strings.NewReader(goodRows(6000)+`<row r="1048577"><c r="A1048577"><v>1</v></c></row>`+tail)),
			judging.Invalid, "sheet.too_many_rows",
		},
		"too many lines": {
			put(t, "甲.csv", []byte("作品名称,类别,作者\n守法,歌曲,甲某\n"+strings.Repeat("\n", 1<<20)+"守法,歌曲,甲某\n")),
			judging.Invalid, "sheet.too_many_rows",
		},
		"too many columns": {
			rawBook(t, strings.NewReader(goodRows(9)+`<row r="11"><c r="XFD11"><v>1</v></c></row>`+tail)),
			judging.Invalid, "sheet.too_many_columns",
		},
		"a link to itself":     {loop(t), judging.Unavailable, "sheet.unreadable"},
		"not there":            {filepath.Join(t.TempDir(), "甲.xlsx"), judging.NotFound, "sheet.missing"},
		"an archive of no use": {put(t, "甲.rar", []byte("Rar!\x1A\x07\x00")), judging.Invalid, "media.bad_archive"},
		"an archive cut short": {put(t, "甲.zip", content(t, archive(t, "a", packed{
			name: "a.txt",
			from: strings.NewReader("a"),
		}))[:60]), judging.Invalid, "media.bad_archive"},
		"a workbook called zip": {put(t, "甲.zip", good[:len(good)/2]), judging.Invalid, "sheet.truncated"},
		"a paper":               {put(t, "甲.pdf", []byte("%PDF-1.7\n")), judging.Invalid, "import.nothing_read"},
		"no table": {
			put(t, "甲.csv", []byte("会议通知\n请各单位按时参加\n")), judging.Invalid, "import.nothing_read",
		},
		"a header without titles": {
			table(t, "甲.xlsx", []any{"类别", "单位", "电话"}, []any{"歌曲", "示例一小", "13800000001"}), judging.Invalid,
			"import.nothing_read",
		},
	} {
		t.Run(name, func(t *testing.T) {
			wantEmpty := ownTemp(t)
			o := open(t, onDisk(t))
			before := stateOf(t, o)
			_, err := o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{attack.source}}, nil)
			wantCode(t, err, attack.code, attack.text)
			var told *judging.Error
			if !errors.As(err, &told) || !strings.Contains(fmt.Sprint(told.Args["File"]), "甲.") {
				t.Errorf("the file is not named: %v", err)
			}
			if after := stateOf(t, o); after != before {
				t.Errorf("%+v became %+v", before, after)
			}
			wantEmpty()
		})
	}
}

// loop is a link that leads to itself, which no one can read, not even the system's owner.
func loop(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "甲.xlsx")
	if err := os.Symlink(path, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// where is a problem as a test names it.
func where(p judging.Problem) string {
	return fmt.Sprintf("%s %s %s %d %s", p.Text, p.File, p.Sheet, p.Row, p.Column)
}

func TestAProblemSaysWhereItIs(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   string
	}{
		"no header": {put(t, "甲.csv", []byte("会议通知\n请各单位按时参加\n")), "sheet.no_header 甲.csv  1 "},
		"no column of titles": {
			table(t, "甲.xlsx", []any{"类别", "单位", "电话"}, []any{"歌曲", "示例一小", "13800000001"}),
			"sheet.missing_column 甲.xlsx 作品 1 ",
		},
		"two columns of titles": {
			table(t, "甲.xlsx", []any{"作品名称", "类别", "作者", "作品名称"}, []any{"甲", "歌曲", "某", "乙"}),
			"sheet.two_columns 甲.xlsx 作品 1 D",
		},
		"a row without a title": {
			table(t, "甲.xlsx", header, []any{"", "歌曲", "", "甲某", "示例一小"}), "sheet.no_title 甲.xlsx 作品 2 A",
		},
		"an unknown category": {
			table(t, "甲.xlsx", header, []any{"守法", "冰雕", "", "甲某", "示例一小"}), "sheet.unknown_category 甲.xlsx 作品 2 B",
		},
		"an error of the formula": {
			rawBook(
				t,
				strings.NewReader(
					goodRows(1)+
						`<row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3" t="str"><v>歌曲</v></c>`+
						`</row></sheetData></worksheet>`,
				),
			),
			"sheet.cell_error 甲.xlsx 作品 3 A",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := newOffice(t).Intake().ImportWorks(t.Context(), intake.ImportRequest{
				Sources: []string{c.source},
			}, nil)
			if err != nil && judging.CodeOf(err) != judging.Invalid {
				t.Fatal(err)
			}
			var got []string
			for _, p := range r.Problems {
				got = append(got, where(p))
			}
			for _, row := range r.Rows {
				for _, p := range row.Problems {
					got = append(got, where(p))
				}
			}
			if !slices.Contains(got, c.want) {
				t.Errorf("got %q, want %q; error %v", got, c.want, err)
			}
		})
	}
}

func TestMislabelledTablesAreReadByTheirContent(t *testing.T) {
	text := "作品名称,类别,作者,单位\n法治之声㛃䶮,歌曲,丙某,示例一小\n"
	coded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, source := range map[string]string{
		"text called xls":     put(t, "甲.xls", []byte(text)),
		"GB18030":             put(t, "甲.csv", []byte(coded)),
		"GB18030 called xlsx": put(t, "甲.xlsx", []byte(coded)),
		"UTF-8 with a mark":   put(t, "甲.csv", []byte("\xEF\xBB\xBF"+text)),
		"a workbook called csv": put(
			t, "甲.csv", content(t, table(t, "甲.xlsx", header, []any{"法治之声㛃䶮", "歌曲", "", "丙某", "示例一小"})),
		),
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			r := importAll(t, o, intake.ImportRequest{Sources: []string{source}})
			works, _ := o.Works(t.Context(), office.WorkFilter{})
			if r.Accepted != 1 || len(works) != 1 || works[0].Title != "法治之声㛃䶮" || works[0].Unit != "示例一小" {
				t.Errorf("%+v %+v", r.RowTally, works)
			}
		})
	}
}

func TestArchivesBringNothingFromOutside(t *testing.T) {
	wantEmpty := ownTemp(t)
	outside := put(t, "宪法在心中.txt", []byte("outside"))
	row := []any{"宪法在心中", "书法", "小学组", "甲某", "示例一小", "", ""}
	book := bytes.NewReader(content(t, table(t, "甲.xlsx", header, row)))
	source := archive(t, "来稿.zip", packed{name: "表/甲.xlsx", from: book},
		packed{name: "../../宪法在心中.txt", from: strings.NewReader("up")},
		packed{name: "/宪法在心中.txt", from: strings.NewReader("root")},
		packed{name: `C:\宪法在心中.txt`, from: strings.NewReader("drive")},
		packed{name: `..\宪法在心中.txt`, from: strings.NewReader("up")},
		packed{name: "link.txt", from: strings.NewReader(outside), mode: os.ModeSymlink | 0o777})
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{source}})
	if r.Accepted != 1 || r.Files.Matched != 0 {
		t.Fatalf("%+v %+v", r.RowTally, r.Files)
	}
	var got []string
	for _, p := range r.Problems {
		got = append(got, p.Text)
	}
	slices.Sort(got)
	if want := "[media.link media.unsafe_name media.unsafe_name media.unsafe_name media.unsafe_name]"; fmt.Sprint(
		got,
	) != want {
		t.Errorf("%v", got)
	}
	wantEmpty()
}

func TestLinksInFoldersAreToldAndNotFollowed(t *testing.T) {
	good := worksFile(t, 3)
	dir := t.TempDir()
	for name, to := range map[string]string{"表.xlsx": good, "夹": filepath.Dir(good)} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "真.xlsx"), content(t, good), 0o644); err != nil {
		t.Fatal(err)
	}
	r := importAll(t, newOffice(t), intake.ImportRequest{Sources: []string{dir}})
	if r.Accepted != 3 || len(r.Problems) != 2 || r.Problems[0].Text != "media.link" ||
		r.Problems[1].Text != "media.link" {
		t.Errorf("%+v %+v %q", r.RowTally, r.Problems, r.Intake)
	}
}

func TestATornFileInAnArchiveIsToldAndTheRestComesIn(t *testing.T) {
	rows := [][]any{header}
	for _, title := range []string{"宪法在心中", "守法歌"} {
		rows = append(rows, []any{title, "歌曲", "", "甲某", "示例一小", "", ""})
	}
	source := archive(t, "来稿.zip", packed{
		name: "甲.xlsx",
		from: bytes.NewReader(content(t, table(t, "甲.xlsx", rows...))),
	},
		packed{name: "乙.xlsx", from: bytes.NewReader(content(t, table(t, "乙.xlsx", rows...))), torn: true},
		packed{name: "宪法在心中.txt", from: strings.NewReader(strings.Repeat("一", 9000)), torn: true},
		packed{name: "守法歌.txt", from: strings.NewReader("二")})
	o := newOffice(t)
	r := importAll(t, o, intake.ImportRequest{Sources: []string{source}})
	if r.Accepted != 2 || r.Files.Attached != 1 {
		t.Errorf("%+v %+v", r.RowTally, r.Files)
	}
	if !slices.ContainsFunc(r.Loose, func(f intake.LooseFile) bool {
		return f.Path == "宪法在心中.txt" && f.Text == "media.bad_archive"
	}) {
		t.Errorf("the torn file is not told: %+v", r.Loose)
	}
	if !slices.ContainsFunc(r.Problems, func(p judging.Problem) bool {
		return p.File == "乙.xlsx" && p.Text == "media.bad_archive"
	}) {
		t.Errorf("the torn workbook is not told: %+v", r.Problems)
	}
}

func TestABookInAFolderThatBreaksOffBringsNoRow(t *testing.T) {
	source := rawBook(t, strings.NewReader(goodRows(2000)+`<row r="7000"><c`))
	o := open(t, emptyContest(t))
	r := importAll(t, o, intake.ImportRequest{Sources: []string{filepath.Dir(source)}})
	if r.RowTally != (judging.RowTally{}) || r.Intake == "" || len(r.Problems) != 1 ||
		r.Problems[0].Text != "sheet.broken" || wantWhole(t, o) != 0 {
		t.Errorf("%+v %+v %q", r.RowTally, r.Problems, r.Intake)
	}
}

func TestFormulasComeInAsTextAndGoOutAsText(t *testing.T) {
	evil := []string{`=cmd|' /C calc'!A0`, "+1+1", "-2+3", `@SUM(1+1)*cmd|' /C calc'!A0`, `=HYPERLINK("http://x","甲")`}
	rows := [][]any{header}
	for _, e := range evil {
		rows = append(rows, []any{e, "歌曲", "", "=" + e, "+" + e, "@" + e, ""})
	}
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", rows...),
		rawBook(
			t,
			strings.NewReader(
				goodRows(0)+
					`<row r="2"><c r="A2" t="str"><f>cmd|' /C calc'!A0</f><v>算出的名称</v></c><c r="B2" t="str">`+
					`<v>歌曲</v></c><c r="C2" t="str"><v>丁某</v></c></row></sheetData></worksheet>`,
			),
		)}})
	works, _ := o.Works(t.Context(), office.WorkFilter{})
	if len(works) != len(evil)+1 || works[len(evil)].Title != "算出的名称" {
		t.Fatalf("%+v", works)
	}
	for i, e := range evil {
		if works[i].Title != e {
			t.Errorf("%q came in as %q", e, works[i].Title)
		}
	}
	path := filepath.Join(t.TempDir(), "作品.xlsx")
	if n, err := o.Report().ExportWorks(
		t.Context(), path, office.WorkFilter{}, words(t),
	); err != nil || n != len(works) {
		t.Fatal(n, err)
	}
	wantPlain(t, path, evil...)
	for i, e := range []string{"=1+1", "+甲", "@乙"} {
		if _, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name: e,
			Unit: fmt.Sprintf("=单位%d", i),
		}); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, o)
	scoreAll(t, o)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Report().ReportAwards(t.Context(), path, report.AwardListRequest{
		Title: "=1+1",
	}, words(t)); err != nil {
		t.Fatal(err)
	}
	wantPlain(t, path)
	sheets, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "", words(t))
	if err != nil || len(sheets) == 0 {
		t.Fatal(sheets, err)
	}
	wantPlain(t, sheets[0], evil[0])
}

// wantPlain expects a workbook with no cell that looks like a formula and is one, and with these texts in it.
func wantPlain(t *testing.T, path string, texts ...string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	found := map[string]bool{}
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				found[text] = true
				if text == "" || !strings.Contains("=+-@", text[:1]) {
					continue
				}
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				formula, _ := f.GetCellFormula(name, at)
				kind, _ := f.GetCellType(name, at)
				if formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
					t.Errorf("%s!%s: formula %q, kind %v", name, at, formula, kind)
				}
			}
		}
	}
	for _, text := range texts {
		if !found[text] {
			t.Errorf("%q is not in %s", text, filepath.Base(path))
		}
	}
}
