package office_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging/media/scrub"
)

const bookSpaces = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`

// bookParts is a workbook with words in all places that no reader shows.
var bookParts = []string{
	"[Content_Types].xml", `<Types xmlns="t"><Default Extension="xml" ContentType="application/xml"/></Types>`,
	"_rels/.rels", `<Relationships>` + relation("a", "officeDocument", "xl/workbook.xml") +
		relation("b", "core-properties", "docProps/core.xml") + relation("c", "custom-properties", "docProps/c.xml") +
		`</Relationships>`,
	"docProps/core.xml", "<a>{{creator}}</a>", "docProps/app.xml", "<a>{{company}}</a>", "docProps/c.xml",
	"<a>{{custom property}}</a>", "customXml/item1.xml", "<a>{{custom XML}}</a>",
	"xl/_rels/workbook.xml.rels", `<Relationships>` + relation("s1", "worksheet", "worksheets/{{name of a part}}.xml") +
		relation("s2", "worksheet", "worksheets/s2.xml") + relation("s3", "worksheet", "worksheets/s3.xml") +
		relation("t", "sharedStrings", "sharedStrings.xml") + relation("st", "styles", "styles.xml") +
		relation("e", "externalLink", "externalLinks/e.xml") + relation("p", "pivotCacheDefinition", "pivot.xml") +
		relation("q", "connections", "connections.xml") + relation("v", "vbaProject", "vba.bin") +
		relation("m", "customXml", "../customXml/item1.xml") + `</Relationships>`,
	"xl/workbook.xml", `<workbook ` + bookSpaces + `><fileSharing userName="{{user}}"/><workbookPr codeName="{{code ` +
		`name}}"/><workbookProtection workbookHashValue="x"/><bookViews><workbookView ` +
		`activeTab="2"/></bookViews><sheets>` +
		`<sheet name="甲" sheetId="1" r:id="s1"/><sheet name="{{name of a hidden sheet}}" sheetId="2" state="hidden" ` +
		`r:id="s2"/><sheet name="{{name of a very hidden sheet}}" sheetId="3" state="veryHidden" r:id="s3"/></sheets>` +
		`<definedNames><definedName name="{{defined name}}" comment="{{comment of a name}}">"{{named words}}"` +
		`</definedName></definedNames><extLst><ext>{{extension of the book}}</ext></extLst>{{text of the ` +
		`book}}</workbook>`,
	"xl/worksheets/s2.xml", `<worksheet ` + bookSpaces + `><sheetData><row><c t="inlineStr"><is><t>{{cell of a ` +
		`hidden ` +
		`sheet}}</t></is></c><c t="s"><v>3</v></c></row></sheetData></worksheet>`,
	"xl/worksheets/s3.xml", `<worksheet ` + bookSpaces + `><sheetData><row><c t="inlineStr"><is><t>{{cell of a very ` +
		`hidden sheet}}</t></is></c></row></sheetData></worksheet>`,
	"xl/sharedStrings.xml", `<sst ` + bookSpaces + `><si><t>宪法</t><rPh sb="0" eb="1"><t>{{phonetic}}</t></rPh></si>` +
		`<si><t>{{string of a hidden column}}</t></si><si><t>{{string of no cell}}</t></si><si><r><t>{{string of ` +
		`a hidden ` +
		`sheet}}</t></r></si><extLst><ext>{{extension of strings}}</ext></extLst></sst>`,
	"xl/styles.xml", `<styleSheet ` + bookSpaces + `><numFmts><numFmt numFmtId="164" formatCode="0&quot;{{words of a ` +
		`format}}&quot;"/></numFmts><cellStyles><cellStyle name="{{name of a style}}" ` +
		`xfId="0"/></cellStyles><tableStyles ` +
		`defaultTableStyle="{{default style}}"><tableStyle name="{{style of tables}}"/></tableStyles></styleSheet>`,
	"xl/externalLinks/e.xml", "<a>{{external link}}</a>", "xl/pivot.xml", "<a>{{pivot}}</a>", "xl/connections.xml",
	"<a>{{connection}}</a>", "xl/vba.bin", "{{macro}}", "xl/comments1.xml", "<a>{{comment}}</a>", "xl/o.bin",
	"{{embedded object}}", "xl/p.bin", "{{printer}}", "xl/table.xml", "<a>{{table}}</a>", "xl/calcChain.xml", "<a/>",
	"xl/worksheets/_rels/{{name of the same part}}.xml.rels", "<Relationships/>",
	"xl/worksheets/{{name of a part again}}.xml", "<a/>",
}

// bookSheet is the sheet that is shown; its name in the file is a mark too.
const bookSheet = `<worksheet ` + bookSpaces + `><sheetPr codeName="{{code name of a sheet}}"/><cols><col ` +
	`min="3" max="4" ` +
	`hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>IF(1,"是","{{words ` +
	`in a ` +
	`formula}}")</f><v>是</v></c><c r="C1" t="s"><v>1</v></c><c t="inlineStr"><is><t>{{cell of a hidden ` +
	`column}}</t></is>` +
	`</c></row><row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>{{cell of a hidden row}}</t></is></c></row>` +
	`<row r="3" ht="0"><c r="A3" t="inlineStr"><is><t>{{cell of a row without height}}</t></is></c></row></sheetData>` +
	`<sheetProtection/><protectedRanges><protectedRange name="{{protected ` +
	`range}}"/></protectedRanges><scenarios><scenario ` +
	`name="{{scenario}}"/></scenarios><autoFilter><filterColumn><filters><filter val="{{filter}}"/></filters>` +
	`</filterColumn></autoFilter><dataConsolidate><dataRefs><dataRef ` +
	`name="{{consolidation}}"/></dataRefs></dataConsolidate>` +
	`<conditionalFormatting><cfRule text="{{condition}}"><formula>"{{formula of a condition}}"</formula></cfRule>` +
	`</conditionalFormatting><dataValidations><dataValidation promptTitle="{{title of a prompt}}" ` +
	`prompt="{{prompt}}" ` +
	`errorTitle="{{title of an error}}" error="{{error}}"><formula1>"{{choice}}"</formula1></dataValidation>` +
	`</dataValidations><hyperlinks><hyperlink ref="A1" location="{{place of a link}}" tooltip="{{tip of a link}}" ` +
	`display="{{words of a ` +
	`link}}"/></hyperlinks><headerFooter><oddHeader>{{header}}</oddHeader><evenFooter>{{footer}}` +
	`</evenFooter></headerFooter><customProperties><customPr name="{{property of a sheet}}"/></customProperties>` +
	`<oleObjects><oleObject progId="{{program of an object}}"/></oleObjects><controls><control name="{{control}}"/>` +
	`</controls><extLst><ext>{{extension of a sheet}}</ext></extLst></worksheet>`

func handBook(t *testing.T, parts []string) []byte {
	at := len(parts) - 1
	sheet := parts[at]
	parts = parts[:at]
	for i, p := range parts {
		if p == "xl/_rels/workbook.xml.rels" { // the name that the relationship has
			name := anyMark.FindString(parts[i+1])
			parts = append(parts[:len(parts):len(parts)], "xl/worksheets/"+name+".xml", sheet)
			break
		}
	}
	return zipOf(t, parts)
}

// TestNoMarkStaysInAWorkbook plants marks in workbooks. They list works and are no works themselves; whoever hands one
// to the cleaner all the same gets a copy without what readers don't show, or a report of what is left.
func TestNoMarkStaysInAWorkbook(t *testing.T) {
	needs(t, "soffice", "exiftool")
	planted, leaked := 0, 0
	for i, file := range append(bookFiles, markedFile{"1.xlsx", handBook,
		append(bookParts[:len(bookParts):len(bookParts)],
			bookSheet)}) {
		if testing.Short() && i%3 != 0 {
			continue
		}
		places := map[int]string{}
		var parts []string
		for _, p := range file.parts {
			parts = append(parts, markPlace.ReplaceAllStringFunc(p, func(s string) string {
				places[len(places)+1] = s[2 : len(s)-2]
				return spelt(len(places))
			}))
		}
		data := file.make(t, parts)
		in := newFinder()
		in.bytes(data, 0)
		var out bytes.Buffer
		got, err := scrub.Copy(t.Context(), &out, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Errorf("%s: %v", file.name, err)
			continue
		}
		dir := t.TempDir()
		path := filepath.Join(dir, file.name)
		if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		after := newFinder()
		after.bytes(out.Bytes(), 0)
		after.bytes(byPrograms(t, dir), 0)
		for n, name := range places {
			if in.found[n] {
				planted++
			}
			if after.found[n] && len(got.Left) == 0 {
				leaked++
				t.Errorf("%s: %s stays", file.name, name)
			}
		}
		if len(got.Left) > 0 {
			t.Logf("%s is told: %v", file.name, got.Left)
		}
	}
	t.Logf("%d marks planted, %d leaked", planted, leaked)
	if want := 90; planted < want && !testing.Short() || planted < want/4 {
		t.Errorf("only %d marks were planted", planted)
	}
}
