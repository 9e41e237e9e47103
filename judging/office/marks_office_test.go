package office_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// flatSpaces are the namespaces of OpenDocument in one file.
const flatSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
	`xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
	`xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" ` +
	`xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" ` +
	`xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" ` +
	`xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" ` +
	`xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" ` +
	`xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"`

// flatMeta are the properties of a document.
const flatMeta = `<office:meta><meta:initial-creator>{{first author}}</meta:initial-creator>` +
	`<dc:creator>{{last author}}</dc:creator><meta:printed-by>{{who printed}}</meta:printed-by>` +
	`<dc:title>{{title}}</dc:title><dc:subject>{{subject}}</dc:subject><dc:description>{{description}}` +
	`</dc:description><meta:keyword>{{keyword}}</meta:keyword><meta:generator>x</meta:generator>` +
	`<meta:user-defined meta:name="{{name of a property}}">{{value of a property}}</meta:user-defined>` +
	`<meta:template xlink:type="simple" xlink:href="file:///home/{{path of the template}}/t.ott" ` +
	`xlink:title="{{title of the template}}"/></office:meta>`

// flatText is a text with all that LibreOffice keeps in it and no reader shows.
const flatText = `<?xml version="1.0" encoding="UTF-8"?><office:document ` + flatSpaces +
	` office:mimetype="application/vnd.oasis.opendocument.text">` + flatMeta +
	`<office:font-face-decls><style:font-face style:name="F" svg:font-family="Arial"/></office:font-face-decls>` +
	`<office:styles><style:style style:name="{{paragraph style}}" style:family="paragraph"/>` +
	`<style:style style:name="Standard" style:family="paragraph"/></office:styles>` +
	`<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties ` +
	`text:display="none"/></style:style><style:style style:name="P1" style:family="paragraph" ` +
	`style:parent-style-name="{{paragraph style again}}"/>` +
	`<style:style style:name="S1" style:family="section"/><style:page-layout style:name="pm1"/>` +
	`</office:automatic-styles>` +
	`<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">` +
	`<style:header><text:p>页眉<office:annotation><dc:creator>{{author of a remark in a header}}</dc:creator>` +
	`<text:p>{{remark in a header}}</text:p></office:annotation></text:p></style:header></style:master-page>` +
	`</office:master-styles><office:body><office:text>` +
	`<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info>` +
	`<dc:creator>{{who deleted}}</dc:creator><dc:date>2020-01-01T00:00:00</dc:date><text:p>{{remark on a deletion}}` +
	`</text:p></office:change-info><text:p>{{deleted words}}</text:p></text:deletion></text:changed-region>` +
	`<text:changed-region xml:id="c2" text:id="c2"><text:insertion><office:change-info><dc:creator>{{who inserted}}` +
	`</dc:creator><dc:date>2020-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>` +
	`</text:tracked-changes>` +
	`<text:variable-decls><text:variable-decl office:value-type="string" text:name="{{name of a variable}}"/>` +
	`</text:variable-decls><text:user-field-decls><text:user-field-decl office:value-type="string" ` +
	`office:string-value="{{value of a user field}}" text:name="{{name of a user field}}"/></text:user-field-decls>` +
	`<text:p>法治春风<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>进<text:change-end ` +
	`text:change-id="c2"/>山村` +
	`<office:annotation office:name="a1"><dc:creator>{{author of a remark}}</dc:creator>` +
	`<meta:creator-initials>{{initials}}</meta:creator-initials><text:p>{{remark}}</text:p></office:annotation>` +
	`<text:span text:style-name="T1">{{hidden words}}</text:span>` +
	`<text:bookmark text:name="{{bookmark}}"/><text:reference-mark text:name="{{reference}}"/>` +
	`<text:a xlink:type="simple" xlink:href="http://example.org/{{address of a link}}" office:name="{{name of a link}}" ` +
	`office:title="{{title of a link}}">链接</text:a>` +
	`<text:hidden-text text:condition="ooow:TRUE" text:string-value="{{conditional words}}" text:is-hidden="true"/>` +
	`<text:placeholder text:placeholder-type="text" text:description="{{help of a placeholder}}">&lt;空&gt;` +
	`</text:placeholder><text:conditional-text text:condition="ooow:1==1" text:string-value-if-true="真" ` +
	`text:string-value-if-false="{{other words of a condition}}">真</text:conditional-text>` +
	`<text:script script:language="JavaScript">{{script}}</text:script>` +
	`<text:dropdown text:name="{{name of a list}}"><text:label text:value="{{choice of a list}}"/>` +
	`<text:label text:value="甲" text:current-selected="true"/>甲</text:dropdown>` +
	`<text:alphabetical-index-mark text:string-value="{{entry of an index}}"/></text:p>` +
	`<text:p><draw:frame draw:name="{{name of a frame}}" text:anchor-type="as-char" svg:width="2cm" svg:height="1cm">` +
	`<draw:text-box><text:p>框</text:p></draw:text-box><svg:title>{{title of a frame}}</svg:title>` +
	`<svg:desc>{{description of a frame}}</svg:desc></draw:frame></text:p>` +
	`<text:section text:name="{{name of a section}}" text:style-name="S1" text:display="none"><text:p>` +
	`{{words of a hidden section}}</text:p></text:section>` +
	`<table:table table:name="{{name of a table}}"><table:table-column/><table:table-row><table:table-cell><text:p>格` +
	`</text:p></table:table-cell></table:table-row></table:table>` +
	`</office:text></office:body></office:document>`

// flatSheet is a workbook.
const flatSheet = `<?xml version="1.0" encoding="UTF-8"?><office:document ` + flatSpaces +
	` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` + flatMeta +
	`<office:styles><style:style style:name="{{cell style}}" style:family="table-cell"/></office:styles>` +
	`<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties ` +
	`table:display="false"/></style:style></office:automatic-styles>` +
	`<office:body><office:spreadsheet>` +
	`<table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-in-` +
	`list(&quot;{{choice of a cell}}&quot;)" table:base-cell-address="甲.A1"><table:help-message table:display="true" ` +
	`table:title="{{title of a cell's help}}"><text:p>{{help of a cell}}</text:p></table:help-message>` +
	`<table:error-message table:display="true" table:title="{{title of a cell's error}}"><text:p>{{error of a cell}}` +
	`</text:p></table:error-message></table:content-validation></table:content-validations>` +
	`<table:table table:name="甲"><table:table-column/><table:table-column table:visibility="collapse"/>` +
	`<table:table-row><table:table-cell table:content-validation-name="val1" office:value-type="string"><office:annotation>` +
	`<dc:creator>{{author of a cell's remark}}</dc:creator><text:p>{{remark on a cell}}</text:p></office:annotation>` +
	`<text:p>宪法</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>{{cell of a hidden ` +
	`column}}</text:p></table:table-cell></table:table-row>` +
	`<table:table-row><table:table-cell office:value-type="string" table:formula="of:=IF(1;&quot;是&quot;;&quot;` +
	`{{words in a formula}}&quot;)" office:string-value="是"><text:p>是</text:p></table:table-cell></table:table-row>` +
	`<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>{{cell of a hidden ` +
	`row}}</text:p></table:table-cell></table:table-row>` +
	`<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><text:p>{{cell of a filtered ` +
	`row}}</text:p></table:table-cell></table:table-row>` +
	`<table:table-row><table:table-cell><draw:frame draw:name="{{name of a sheet's frame}}" svg:width="2cm" ` +
	`svg:height="1cm"><draw:text-box><text:p>框</text:p></draw:text-box><svg:title>{{title of a sheet's frame}}</svg:title>` +
	`<svg:desc>{{description of a sheet's frame}}</svg:desc></draw:frame></table:table-cell></table:table-row>` +
	`</table:table>` +
	`<table:table table:name="{{name of a hidden sheet}}" table:style-name="ta2"><table:table-column/>` +
	`<table:table-row><table:table-cell office:value-type="string"><text:p>{{cell of a hidden sheet}}</text:p>` +
	`</table:table-cell></table:table-row></table:table>` +
	`<table:named-expressions><table:named-range table:name="{{name of a range}}" table:base-cell-address="甲.A1" ` +
	`table:cell-range-address="甲.A1"/><table:named-expression table:name="n1" table:base-cell-address="甲.A1" ` +
	`table:expression="&quot;{{named words}}&quot;"/></table:named-expressions>` +
	`<table:database-ranges><table:database-range table:name="{{name of a data range}}" ` +
	`table:target-range-address="甲.A1:甲.A3"/></table:database-ranges>` +
	`</office:spreadsheet></office:body></office:document>`

// flatSlides is a presentation.
const flatSlides = `<?xml version="1.0" encoding="UTF-8"?><office:document ` + flatSpaces +
	` office:mimetype="application/vnd.oasis.opendocument.presentation">` + flatMeta +
	`<office:styles><style:style style:name="{{graphic style}}" style:family="graphic"/></office:styles>` +
	`<office:automatic-styles><style:page-layout style:name="PM1"/><style:style style:name="dp1" ` +
	`style:family="drawing-page"/><style:style style:name="dp2" style:family="drawing-page">` +
	`<style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>` +
	`<office:master-styles><style:master-page style:name="{{name of a master}}" style:page-layout-name="PM1" ` +
	`draw:style-name="dp1"><presentation:notes><draw:frame svg:width="9cm" svg:height="5cm"><draw:text-box><text:p>` +
	`{{words of the notes' master}}</text:p></draw:text-box></draw:frame></presentation:notes></style:master-page>` +
	`</office:master-styles><office:body><office:presentation>` +
	`<draw:page draw:name="{{name of a page}}" draw:style-name="dp1" draw:master-page-name="{{master of a page}}">` +
	`<office:annotation svg:x="1cm" svg:y="1cm"><dc:creator>{{author of a page's remark}}</dc:creator>` +
	`<text:p>{{remark on a page}}</text:p></office:annotation>` +
	`<draw:frame draw:name="{{name of a page's frame}}" svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="5cm">` +
	`<draw:text-box><text:p>宪法</text:p></draw:text-box><svg:title>{{title of a page's frame}}</svg:title>` +
	`<svg:desc>{{description of a page's frame}}</svg:desc></draw:frame>` +
	`<presentation:notes draw:style-name="dp1"><draw:frame presentation:class="notes" svg:width="9cm" svg:height="5cm">` +
	`<draw:text-box><text:p>{{speaker's notes of a page}}</text:p></draw:text-box></draw:frame></presentation:notes>` +
	`</draw:page>` +
	`<draw:page draw:name="p2" draw:style-name="dp2" draw:master-page-name="m"><draw:frame svg:x="1cm" svg:y="1cm" ` +
	`svg:width="9cm" svg:height="5cm"><draw:text-box><text:p>{{words of a hidden page}}</text:p></draw:text-box>` +
	`</draw:frame></draw:page>` +
	`<presentation:settings><presentation:show presentation:name="{{name of a show}}" presentation:pages="p2"/>` +
	`</presentation:settings></office:presentation></office:body></office:document>`

// oneOffice keeps LibreOffice from running twice with one profile.
var oneOffice sync.Mutex

// byOffice writes a flat document and lets LibreOffice write it again in another format.
func byOffice(flat, to string) func(*testing.T, []string) []byte {
	return func(t *testing.T, parts []string) []byte {
		oneOffice.Lock()
		defer oneOffice.Unlock()
		dir := t.TempDir()
		path := filepath.Join(dir, "a."+flat)
		if err := os.WriteFile(path, []byte(strings.Join(parts, "")), 0o600); err != nil {
			t.Error(err)
			return nil
		}
		ext, _, _ := strings.Cut(to, ":")
		convert(t, to, dir, path)
		data, err := os.ReadFile(filepath.Join(dir, "a."+ext))
		if err != nil {
			t.Error(err)
		}
		return data
	}
}

var officeFiles = []markedFile{
	{"2.odt", byOffice("fodt", "odt"), []string{flatText}},
	{"2.docx", byOffice("fodt", "docx"), []string{flatText}},
	{"2.doc", byOffice("fodt", "doc"), []string{flatText}},
	{"2.rtf", byOffice("fodt", "rtf"), []string{flatText}},
	{"2.pdf", byOffice("fodt", `pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},`+
		`"ExportNotes":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}`),
		[]string{flatText}},
	{"2.html", byOffice("fodt", "html"), []string{flatText}},
	{"3.ods", byOffice("fods", "ods"), []string{flatSheet}},
	{"3.xlsx", byOffice("fods", "xlsx"), []string{flatSheet}},
	{"3.xls", byOffice("fods", "xls"), []string{flatSheet}},
	{"4.odp", byOffice("fodp", "odp"), []string{flatSlides}},
	{"4.pptx", byOffice("fodp", "pptx"), []string{flatSlides}},
	{"4.ppt", byOffice("fodp", "ppt"), []string{flatSlides}},
}
