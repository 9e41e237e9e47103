package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func TestValuesOfCells(t *testing.T) {
	path := sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"作品名称", "作者", "类别", "联系电话", "身份证号", "出生年月", "时长", "作品编号", "备注", "作品图片"},
		{111, "甲某", "书法", 1.3800138e10, 110101199003071234.0, 40000, 0.00237268518, 7.0, "第一段\n第二段", 222},
		{"题目２０２０　之一", "甲某\n乙某", "书　法", "１３８００１３８０００", "99999919900307001２", "2009年7月", nil, "A-１", "/", nil},
		{"宪法\n与我们", "甲某", 333, 12345, "11010119900307", nil, nil, nil, nil, nil},
	}, Edit: func(f *excelize.File, s string) {
		date, _ := f.NewStyle(&excelize.Style{CustomNumFmt: new("yyyy/m/d;@")})
		clock, _ := f.NewStyle(&excelize.Style{NumFmt: 21})
		_ = f.SetCellStyle(s, "F2", "F2", date)
		_ = f.SetCellStyle(s, "G2", "G2", clock)
		_ = f.SetRowVisible(s, 3, false)
	}})
	path = edited(t, path, "xl/worksheets/sheet1.xml", strings.NewReplacer(
		`<c r="A2"><v>111</v>`, `<c r="A2" t="str"><f>"法"&amp;"治"</f><v>法治</v>`,
		`<c r="J2"><v>222</v>`, `<c r="J2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>`,
		`<c r="C4"><v>333</v>`, `<c r="C4" t="e"><f>NA()</f><v>#N/A</v>`).Replace)
	r := readWorks(t, path, mapping.Options{})
	want := []string{
		"2 标题=法治 类=书法 作者=甲某 电话=13800138000 编号=7 birth=2009/7/6 duration=0:03:25 remark=第一段\n第二段 !E lost_id",
		"3 标题=题目2020 之一 类=书法 作者=甲某+乙某 电话=13800138000 证件=999999199003070012 编号=A-1 birth=2009年7月",
		"4 标题=宪法与我们 作者=甲某 电话=12345 证件=11010119900307 !C cell_error! !D odd_phone !E odd_id",
	}
	if got := briefs(r.rows); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := codes(r.problems); !slices.Equal(got, []string{" hidden_rows"}) {
		t.Errorf("%q", got)
	}
	for _, w := range r.rows {
		for _, p := range w.Problems {
			for _, v := range p.Args {
				if s, ok := v.(string); ok && (strings.Contains(s, "1101") || strings.Contains(s, "甲某")) {
					t.Errorf("a problem repeats personal data: %+v", p)
				}
			}
		}
	}
}

// edited rewrites one part of an xlsx file.
func edited(t testing.TB, path, part string, edit func(string) string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == part {
			data = []byte(edit(string(data)))
		}
		p, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return sheettest.TextFile(t, filepath.Base(path), out.String())
}

func TestXLSReadsAsXLSX(t *testing.T) {
	r := readWorks(t, "testdata/works.xls", mapping.Options{})
	if len(r.rows) != 21 || len(r.mappings) != 2 {
		t.Fatalf("%d rows, %d mappings", len(r.rows), len(r.mappings))
	}
	want := "4 标题=法治作品01 类=书法 组=小学组 作者=甲某一 单位=某某小学 报送=某某小学 电话=13800138001 简介=" + strings.Repeat("第1段说明。", 60) +
		" birth=2009/7/7 created_at=5/12/2020 12:00 完成=FALSE 得票率=0.15"
	if got := brief(r.rows[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for i, w := range r.rows[:20] { // the texts run over several records
		if !strings.HasPrefix(w.Work.Intro, "第") || strings.Count(w.Work.Intro, "段说明。") != 60 {
			t.Errorf("row %d: text is garbled", i)
		}
	}
	if got := codes(r.rows[18].Problems); !slices.Equal(got, []string{"D cell_error!"}) {
		t.Errorf("formula error: %q", got)
	}
	again := readWorks(t, "testdata/works.xlsx", mapping.Options{}) // the same book, saved by the same program
	for i, w := range again.rows {
		w.Work.Source.File = "works.xls"
		if got, want := brief(w), brief(r.rows[i]); got != want || w.Work.Source != r.rows[i].Work.Source {
			t.Errorf("xlsx\n got %s\nwant %s", got, want)
		}
	}
	if got := r.rows[19].Work.Title; got != "法治作品20" {
		t.Errorf("formula text: %q", got)
	}
	if got := codes(r.problems); !slices.Equal(got, []string{" hidden_rows", " hidden_sheet"}) {
		t.Errorf("%q", got)
	}
}

func TestTextTablesOfEveryKind(t *testing.T) {
	plain := "作品名称,作者,类别,备注\n守法,\"甲某、乙某\",书法,\"一,二\n三\"\n\n普法,丙某,绘画,\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain + "𠅤,丁某,书法,㛃䶮\n")
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(
		strings.ReplaceAll(plain, "一,二", "一;二"), ",", "\t",
	))
	if err != nil {
		t.Fatal(err)
	}
	first, second := "2 标题=守法 类=书法 作者=甲某+乙某 remark=一,二\n三", "4 标题=普法 类=绘画 作者=丙某"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"UTF-8", plain, []string{first, second}},
		{"UTF-8 with a mark", "\uFEFF" + plain, []string{first, second}},
		{"line ends of Windows", strings.ReplaceAll(plain, "\n", "\r\n"), []string{first, second}},
		{
			"line ends of old Macs", "作品名称,作者,类别\r守法,甲某,书法\r普法,乙某,绘画",
			[]string{"2 标题=守法 类=书法 作者=甲某", "3 标题=普法 类=绘画 作者=乙某"},
		},
		{"GB18030", gb, []string{first, second, "5 标题=𠅤 类=书法 作者=丁某 remark=㛃䶮"}},
		{"UTF-16 with tabs", utf16, []string{"2 标题=守法 类=书法 作者=甲某+乙某 remark=一;二\n三", second}},
		{"semicolons", "作品名称;作者;类别\n守法;甲某,乙某;书法\n", []string{"2 标题=守法 类=书法 作者=甲某+乙某"}},
		{"the delimiter said", "sep=;\n作品名称;作者;类别\n守法;甲某;书法\n", []string{"3 标题=守法 类=书法 作者=甲某"}},
		{
			"values kept from Excel", "作品名称,作者,类别,电话\n守法,甲某,书法,=\"13800138000\"\n普法,乙某,书法,\t13900139000\n",
			[]string{"2 标题=守法 类=书法 作者=甲某 电话=13800138000", "3 标题=普法 类=书法 作者=乙某 电话=13900139000"},
		},
		{"a stray quote", "作品名称,作者,类别\n守\"法,甲某,书法\n", []string{"2 标题=守\"法 类=书法 作者=甲某"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readWorks(t, sheettest.TextFile(t, "表.csv", c.text), mapping.Options{})
			got := briefs(r.rows)
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestWebTablesAreRead(t *testing.T) {
	const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">` +
		`<style>td{mso-number-format:"\@"}</style></head><body>
<table border=1><tr><td colspan=4>汇总表</td></tr>
<TR><TH>作品名称</TH><th>作者</th><th>类别<th>电话</tr>
<tr><td rowspan="2">守法 &amp;
 普法</td><td>甲某<br>乙某</td><td>书法</td><td x:num="13800138000">1.38E+10</td></tr>
<tr><td>丙某</td><td></td></tr>
<tr><td>学法</td><td>丁某</td><td>绘画</td><td>&nbsp;</td></tr></table></body></html>`
	const xml2003 = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" ` +
		`xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="书法"><Table>
<Row ss:Index="2"><Cell><Data ss:Type="String">作品名称</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">作者</Data>` +
		`</Cell></Row>
<Row><Cell ss:MergeDown="1"><Data ss:Type="String">守法</Data></Cell><Cell/><Cell><Data ss:Type="String">甲某</Data>` +
		`</Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="String">乙某</Data></Cell></Row></Table></Worksheet></Workbook>`
	for _, c := range []struct {
		text string
		want []string
	}{
		{page, []string{"3 标题=守法 & 普法 类=书法 作者=甲某+乙某+丙某 电话=13800138000", "5 标题=学法 类=绘画 作者=丁某"}},
		{xml2003, []string{"3 标题=守法 类=书法 作者=甲某+乙某"}},
	} {
		r := readWorks(t, sheettest.TextFile(t, "导出.xls", c.text), mapping.Options{})
		if got := briefs(r.rows); !slices.Equal(got, c.want) {
			t.Errorf("got %q want %q\n%+v", got, c.want, r)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	whole, err := os.ReadFile(sheettest.Workbook(t, sheettest.Page{Rows: [][]any{{"作品名称", "作者"}, {"守法", "甲某"}}}))
	if err != nil {
		t.Fatal(err)
	}
	xls, err := os.ReadFile("testdata/works.xls")
	if err != nil {
		t.Fatal(err)
	}
	f := excelize.NewFile()
	defer f.Close()
	locked := filepath.Join(t.TempDir(), "locked.xlsx")
	if err := f.SaveAs(locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	cipher, err := os.ReadFile(locked)
	if err != nil {
		t.Fatal(err)
	}
	zipped := func(names ...string) string {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, n := range names {
			if _, err := w.Create(n); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		return b.String()
	}
	for _, c := range []struct{ name, text, want, kind string }{
		{"empty", "", "sheet.empty", ""},
		{"truncated", string(whole[:len(whole)/2]), "sheet.truncated", ""},
		{"truncated xls", string(xls[:600]), "sheet.truncated", ""},
		{"encrypted", string(cipher), "sheet.encrypted", ""},
		{
			"encrypted xls",
			"\x09\x08\x10\x00\x00\x06\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x2F\x00\x06\x00\x00" +
				"\x00\x00\x00\x00\x00",
			"sheet.encrypted", "",
		},
		{"Excel 95", "\x09\x08\x08\x00\x00\x05\x05\x00\x00\x00\x00\x00", "sheet.truncated", ""},
		{"Excel 2", "\x09\x00\x04\x00\x02\x00\x10\x00", "sheet.old_excel", ""},
		{"Word", zipped("word/document.xml"), "sheet.not_workbook", "DOCX"},
		{"binary workbook", zipped("xl/workbook.bin"), "sheet.not_workbook", "XLSB"},
		{"OpenDocument", zipped("mimetype", "content.xml"), "sheet.not_workbook", "OpenDocument"},
		{"an archive", zipped("a.txt"), "sheet.not_workbook", "ZIP"},
		{"PDF", "%PDF-1.7\n", "sheet.not_workbook", "PDF"},
		{"a picture", "\x89PNG\r\n\x1a\n", "sheet.not_workbook", "PNG/JPG"},
		{"a page without tables", "<html><body>登录超时</body></html>", "sheet.not_workbook", "HTML"},
		{"bytes", "a\x00b\x00\x01\x02", "sheet.unknown_format", ""},
		{"another character set", "\xff\xa4\xe9\xa5\xff\xff", "sheet.unknown_charset", ""},
	} {
		_, err := read.Open(sheettest.TextFile(t, "表.xls", c.text), "来稿/表.xls", grid.Limits{})
		var e *judging.Error
		if !errors.As(err, &e) || e.Text != c.want || e.Code != judging.Invalid || e.Args["File"] != "来稿/表.xls" ||
			c.kind != "" && e.Args["Kind"] != c.kind {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := read.Open(filepath.Join(t.TempDir(), "x"), "x",
		grid.Limits{}); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("missing: %v", err)
	}
	if _, err := read.Open(t.TempDir(), "x", grid.Limits{}); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("folder: %v", err)
	}
}
