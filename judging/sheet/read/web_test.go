package read

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

// webLines reads a page: each line is its row and its cells, parted by bars.
func webLines(t *testing.T, page string, limits grid.Limits) ([]string, error) {
	t.Helper()
	b, err := Open(sheettest.TextFile(t, "表.xls", page), "表.xls", limits)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	var out []string
	for i := range b.Infos() {
		areas, err := b.Merges(i)
		if err != nil {
			t.Fatal(err)
		}
		err = b.Rows(i, areas, func(l grid.Line) error {
			s := fmt.Sprint(l.Row)
			for _, c := range l.Cells {
				s += "|" + c.Text
			}
			out = append(out, s)
			return nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func TestPagesAreReadAsBrowsersShowThem(t *testing.T) {
	const xml = `<?xml version="1.0"?><Workbook><Styles><Style ss:ID="a"/><Style ss:ID="b"><Font/></Style></Styles>` +
		`<Worksheet ss:Name="甲"><Table>`
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"a script that writes tags", `<table><script>if (1<2) "</td><tr><td>no"</script><tr><td>a<td>b</table>`,
			[]string{"1|a|b"}},
		{"a style between cells", `<table><tr><td>a</td><style>td > p {}</style><td>b</td></table>`, []string{"1|a|b"}},
		{"a comment with a table in it", `<table><tr><td>a<!-- <td>no --></td><![if x]><td>b<![endif]></table>`,
			[]string{"1|a|b"}},
		{"a sign that begins no tag", `<table><tr><td>1 < 2 & 3 > 2 <书法></table>`, []string{"1|1 < 2 & 3 > 2 <书法>"}},
		{"entities, and one that is written out", `<table><tr><td>&lt;b&gt; &amp;amp; &#20070;&nbsp;</table>`,
			[]string{"1|<b> &amp; 书"}},
		{"a quoted end of tag", `<table><tr><td title="a>b" COLSPAN='2'>a<td>b</table>`, []string{"1|a||b"}},
		{"the first of two attributes", `<table><tr><td colspan=2 colspan=3>a<td>b</table>`, []string{"1|a||b"}},
		{"an attribute whose name ends alike", `<table><tr><td data-colspan=5>a<td>b</table>`, []string{"1|a|b"}},
		{"empty cells", `<table><tr><td/><td colspan=2/><td>b</table>`, []string{"1||||b"}},
		{"line ends", "<table><tr><td>a\n b<br>c<p>d</p></table>", []string{"1|a b\nc\nd"}},
		{"a cell from above, over two columns",
			`<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td>c<tr><td>d<tr><td>e</table>`,
			[]string{"1|a||b", "2|a||c", "3|a||d", "4|e"}},
		{"spans that are no numbers",
			`<table><tr><td colspan=-5 rowspan=x>a<td colspan=99999999999999999999>b<td>c</table>`,
			[]string{"1|a|b|c"}},
		{"styles of a spreadsheet in XML",
			xml + `<Row><Cell><Data>a</Data></Cell></Row></Table></Worksheet></Workbook>`, []string{"1|a"}},
		{"CDATA", xml + `<Row><Cell><Data><![CDATA[a&amp;<b>]]></Data></Cell></Row></Table></Worksheet></Workbook>`,
			[]string{"1|a&amp;<b>"}},
		{"prefixes everywhere",
			`<?xml version="1.0"?><ss:Workbook><ss:Worksheet ss:Name="甲"><ss:Row ss:Index="3"><ss:Cell ss:Index="2">a`,
			nil},
		{"a table in a cell", `<table><tr><td>a<table></table>b</td><td>c</td></tr></table>`, []string{"1|ab|c"}},
		{"a page that breaks off in a cell", `<table><tr><td>a</td><td>b`, []string{"1|a"}},
		{"a page that breaks off in a tag", `<table><tr><td>a</td><td colspan="`, []string{"1|a"}},
	} {
		got, err := webLines(t, c.page, grid.Limits{})
		if c.want == nil {
			c.want = []string{"3"} // the cell has no end
		}
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v, want %q", c.name, got, err, c.want)
		}
	}
}

// A page can be deep, broken or woven as its writer likes: it costs what its length costs. What grew with the
// square of the length would take hours here.
func TestHostilePagesCostWhatTheirLengthCosts(t *testing.T) {
	const mib = 1 << 20
	fill := func(s string) string { return strings.Repeat(s, 4*mib/len(s)) }
	tall := strings.Repeat("<td rowspan=9999>a", 1000)
	for _, c := range []struct {
		name, page, want string // an error's key, or none
	}{
		{"deep in a cell", "<table><tr><td>" + fill("<div>") + "</table>", ""},
		{"tables in tables", fill("<table><tr><td>"), ""},
		{"tags that never end", "<table><tr><td>" + fill("<a "), ""},
		{"quotes that never end", "<table><tr><td>" + fill(`<a b="`), ""},
		{"comments that never end", "<table><tr><td>" + fill("<!--"), ""},
		{"CDATA that never ends", "<?xml?><table><tr><td>" + fill("<![CDATA["), ""},
		{"a style that never ends", "<table><tr><td>a</td><style>" + fill("</style"), ""},
		{"scripts in scripts", "<table><tr><td>a</td><script>" + fill("<!--<script>"), ""},
		{"angles", "<table><tr><td>" + fill("<") + "</table>", ""},
		{"entities", "<table><tr><td>" + fill("&amp") + "</table>", ""},
		{"spaces", "<table><tr><td>" + fill(" ") + "</table>", ""},
		{"attributes", "<table><tr><td " + fill("colspan=2 ") + ">a</table>", ""},
		{"columns that are tall", "<table>" + strings.Repeat("<tr>"+tall, 40), "sheet.too_many_columns"},
		{"rows below tall columns", "<table><tr>" + tall + strings.Repeat("<tr>", 200_000), ""},
		{"wide rows that hold one cell", "<table>" + fill("<tr><td colspan=256><td colspan=256><td colspan=256><td>a"),
			"sheet.too_big"},
		{"far cells", "<?xml?><Worksheet>" + fill(`<Row><Cell ss:Index="1024">a</Cell>`), "sheet.too_big"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			_, err := webLines(t, c.page, grid.Limits{})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			var e *judging.Error
			if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &e) || e.Text != c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
			if mem := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 30*time.Second || mem > 2000 {
				t.Errorf("%v and %d MiB", took, mem)
			} else {
				t.Logf("%v, %d MiB allocated", took.Round(time.Millisecond), mem)
			}
		})
	}
}

// LibreOffice writes all sheets of a workbook into one page, each below a heading with its name.
func TestTablesBelowHeadingsAreSheets(t *testing.T) {
	page := `<html><h1>Overview</h1><a href="#table0">Sheet 1: 学生</a><hr>` +
		`<a name="table0"><h1>Sheet 1: <em>学生</em></h1>` +
		`</a>` +
		`<table><tr><td>a</td></tr></table><hr><h1>Sheet 2: <em>教师&amp;家长</em></h1><table><tr><td>b</td></tr></table>` +
		`<table><tr><td>c</td></tr></table></html>`
	b, err := Open(sheettest.TextFile(t, "表.xls", page), "表.xls", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	got := ""
	for i, s := range b.Infos() {
		got += s.Name + ":"
		if err := b.Rows(i, nil, func(l grid.Line) error {
			got += fmt.Sprint(l.Row) + l.Cells[0].Text
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		got += " "
	}
	if want := "学生:1a 教师&家长:1b2c "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
