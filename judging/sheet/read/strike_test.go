package read

import (
	"testing"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

// struckCells lists the texts of a book that are struck through.
func struckCells(t *testing.T, path string) (list []string) {
	t.Helper()
	b, err := Open(path, "表", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Rows(0, nil, func(l grid.Line) error {
		for _, c := range l.Cells {
			if c.Struck {
				list = append(list, c.Text)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return list
}

// Each form of a page or a document has its own way to strike text through; a cell counts only where all of its text
// is struck.
func TestStruckTextIsSeenInPagesAndDocuments(t *testing.T) {
	const xml = `<?xml version="1.0"?><Workbook xmlns:ss="s"><Styles><Style ss:ID="a">` +
		`<Font ss:StrikeThrough="1"/></Style>` +
		`<Style ss:ID="b"><Font ss:Bold="1"/></Style></Styles><Worksheet ss:Name="甲"><Table><Row>` +
		`<Cell ss:StyleID="a"><Data ss:Type="String">一</Data></Cell><Cell ss:StyleID="b">` +
		`<Data ss:Type="String">二</Data>` +
		`</Cell></Row></Table></Worksheet></Workbook>`
	for name, c := range map[string]struct{ page, want string }{
		"tags":              {`<table><tr><td><s>一</s><td>二<td><del>三</del>四<td><strike> 五 </strike></table>`, "一五"},
		"a cell's style":    {`<table><tr><td style="text-decoration: Line-Through">一</td><td>二</td></table>`, "一"},
		"a row's style":     {`<table><tr style="text-decoration:line-through"><td>一<td>二<tr><td>三</table>`, "一二"},
		"a part's style":    {`<table><tr><td><span style="text-decoration:line-through">一</span><td>二</table>`, "一"},
		"an empty cell":     {`<table><tr><td><s></s><td>二</table>`, ""},
		"a tag not closed":  {`<table><tr><td><s>一<td>二</table>`, "一"},
		"a spreadsheet XML": {xml, "一"},
	} {
		got := ""
		for _, s := range struckCells(t, sheettest.TextFile(t, "表.xls", c.page)) {
			got += s
		}
		if got != c.want {
			t.Errorf("%s: %q is struck, want %q", name, got, c.want)
		}
	}
	const styles = `<office:automatic-styles><style:style style:name="s" style:family="table-cell">` +
		`<style:text-properties style:text-line-through-style="solid"/></style:style>` +
		`<style:style style:name="n" style:family="table-cell">` +
		`<style:text-properties style:text-line-through-style="none"/></style:style></office:automatic-styles>`
	ods := sheettest.TextFile(t, "表.fods", `<?xml version="1.0"?><office:document xmlns:office="o">`+styles+
		`<office:body><office:spreadsheet>`+odsWords.Replace(`<T table:name="a"><R>`+
		`<C table:style-name="s"><p>一</p></C><C table:style-name="n"><p>二</p></C>`+
		`<C><p><text:span text:style-name="s">三`+
		`</text:span></p></C><C><p><text:span text:style-name="s">四</text:span>五</p></C></R></T>`)+
		`</office:spreadsheet></office:body></office:document>`)
	if got := struckCells(t, ods); len(got) != 2 || got[0] != "一" || got[1] != "三" {
		t.Errorf("struck in the document: %q", got)
	}
}
