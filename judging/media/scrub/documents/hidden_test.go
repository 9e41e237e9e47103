package documents

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"fayi/internal/bomb"
	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

func tree(t *testing.T, text string) *xmltree.Node {
	t.Helper()
	n, err := xmltree.Read([]byte(text))
	if err != nil {
		t.Fatal(text, err)
	}
	return n
}

// packed makes a package of parts: name, text, name, text.
func packed(t *testing.T, texts ...string) *parts {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(texts); i += 2 {
		f, err := w.Create(texts[i])
		if err == nil {
			_, err = io.WriteString(f, texts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	p := &parts{Job: trace.New(t.Context(), io.Discard, nil, 0), files: map[string]*zip.File{},
		meter: bomb.Meter{Limits: bomb.Document}}
	for _, f := range z.File {
		p.files[f.Name] = f
	}
	return p
}

// office is a copy of a document of Office with the parts.
func office(t *testing.T, texts ...string) *officeCopy {
	t.Helper()
	return &officeCopy{parts: packed(t, texts...), hidden: map[string]bool{}, notes: map[string]bool{},
		texts: map[string]bool{}}
}

func rulesOf(t *testing.T, kind string) *officeRules {
	t.Helper()
	return &officeRules{officeCopy: office(t), part: &officePart{kind: kind}}
}

func lost(p *parts) bool { return len(p.Result().Removed) > 0 }

// deep makes so many styles, each made from the one before; the first is hidden.
func deep(n int) string {
	var b strings.Builder
	for i := range n {
		name := func(i int) string { return string(rune('A'+i/26)) + string(rune('a'+i%26)) }
		b.WriteString(`<w:style w:styleId="` + name(i) + `">`)
		if i > 0 {
			b.WriteString(`<w:basedOn w:val="` + name(i-1) + `"/>`)
		} else {
			b.WriteString(`<w:rPr><w:vanish/></w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	return "<w:styles>" + b.String() + "</w:styles>"
}

func TestStylesOfWordHideWhatIsMadeFromThem(t *testing.T) {
	for styles, hidden := range map[string]string{
		`<w:styles><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="b"/></w:styles>`: "a",
		`<w:styles><w:style w:styleId="a"><w:rPr><w:specVanish w:val="on"/></w:rPr></w:style></w:styles>`:          "a",
		`<w:styles><w:style w:styleId="a"><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>`:               "",
		`<w:styles><w:style w:styleId="a"><w:rPr><w:vanish w:val="off"/><w:b/></w:rPr></w:style></w:styles>`:       "",
		`<w:styles><w:style w:styleId="a"><w:pPr><w:vanish/></w:pPr></w:style></w:styles>`:                         "",
		`<w:styles><w:style w:styleId="c"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b">` +
			`<w:basedOn w:val="a"/></w:style><w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>` +
			`</w:styles>`: "a b c",
		`<w:styles><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b">` +
			`<w:basedOn w:val="a"/></w:style></w:styles>`: "", // one from the other
	} {
		c := office(t, "styles.xml", styles, "settings.xml", "<w:settings/>", "other.xml", "<broken")
		c.queue = []*officePart{{name: "other.xml", kind: "theme"}, {name: "styles.xml", kind: "styles"},
			{name: "settings.xml", kind: "settings"}}
		err := c.hiddenStyles()
		if got := strings.Join(slices.Sorted(maps.Keys(c.hidden)), " "); err != nil || got != hidden || c.even {
			t.Errorf("%s: %q, %v, even %v", styles, got, err, c.even)
		}
	}
	c := office(t, "styles.xml", deep(51), "settings.xml", `<w:settings><w:evenAndOddHeaders/></w:settings>`)
	c.queue = []*officePart{{name: "settings.xml", kind: "settings"}, {name: "styles.xml", kind: "styles"}}
	if err := c.hiddenStyles(); err != nil || len(c.hidden) != 51 || !c.even {
		t.Errorf("%d styles, %v, even %v", len(c.hidden), err, c.even)
	}
	c.queue = []*officePart{{name: "none.xml", kind: "styles"}}
	if err := c.hiddenStyles(); err == nil {
		t.Error("styles that are not there")
	}
}

func TestHiddenSheetsAndSlidesAreUnseen(t *testing.T) {
	const book = `<workbook><sheets><sheet r:id="r1"/><sheet r:id="r2" state="visible"/>` +
		`<sheet r:id="r3" state="hidden"/>` +
		`<sheet r:id="r4" state="veryHidden"/></sheets></workbook>`
	for _, tt := range []struct{ main, kind, text, want string }{
		{"xl", "officeDocument", book, "r3 r4"}, {"word", "officeDocument", book, ""}, {"xl", "worksheet", book, ""},
		{"xl", "officeDocument", "<workbook/>", ""},
	} {
		c := office(t, "book.xml", tt.text)
		c.main = tt.main
		got, err := c.unseen(&officePart{name: "book.xml", kind: tt.kind})
		if ids := strings.Join(slices.Sorted(maps.Keys(got)), " "); err != nil || ids != tt.want {
			t.Errorf("%s in %s: %q, %v", tt.kind, tt.main, ids, err)
		}
	}
	none := office(t)
	none.main = "xl"
	if _, err := none.unseen(&officePart{name: "book.xml", kind: "officeDocument"}); err == nil {
		t.Error("a workbook that is not there")
	}
	for text, want := range map[string]bool{
		`<p:sld/>`: false, `<p:sld show="1"/>`: false, `<p:sld show="0"/>`: true, `<p:sld show="false"/>`: true,
	} {
		c := office(t, "slide.xml", text)
		if off, err := c.hiddenSlide("slide.xml"); err != nil || off != want || lost(c.parts) != want {
			t.Errorf("%s: %v, %v", text, off, err)
		}
	}
	if _, err := office(t).hiddenSlide("slide.xml"); err == nil {
		t.Error("a slide that is not there")
	}
}

// TestWhatIsHiddenByItsPlaceGoes prepares parts and wants them as written by hand.
func TestWhatIsHiddenByItsPlaceGoes(t *testing.T) {
	const head = `<w:headerReference w:type=`
	for _, tt := range []struct {
		what, kind, in, out string
		even                bool
	}{
		{"headers without pages", "officeDocument", `<w:document>` +
			`<w:sectPr>` + head + `"default"/>` + head + `"first"/>` +
			head + `"even"/></w:sectPr></w:document>`,
			`<w:document><w:sectPr>` + head + `"default"/></w:sectPr></w:document>`, false},
		{"a first page", "officeDocument", `<w:document><w:sectPr>` + head + `"first"/><w:titlePg/></w:sectPr>` +
			`</w:document>`,
			`<w:document><w:sectPr>` + head + `"first"/><w:titlePg/></w:sectPr></w:document>`, false},
		{"no first page", "officeDocument", `<w:document><w:sectPr><w:footerReference w:type="first"/>` +
			`<w:titlePg w:val="0"/></w:sectPr></w:document>`,
			`<w:document><w:sectPr><w:titlePg w:val="0"/></w:sectPr></w:document>`, false},
		{"left pages", "officeDocument", `<w:document><w:sectPr>` + head + `"even"/>` + head + `"first"/>` +
			`</w:sectPr></w:document>`,
			`<w:document><w:sectPr>` + head + `"even"/></w:sectPr></w:document>`, true},
		{"another type", "officeDocument", `<w:document><w:sectPr><w:x w:type="first"/></w:sectPr></w:document>`,
			`<w:document><w:sectPr><w:x w:type="first"/></w:sectPr></w:document>`, false},
		{"another root", "officeDocument", `<w:other><w:sectPr>` + head + `"first"/></w:sectPr></w:other>`,
			`<w:other><w:sectPr>` + head + `"first"/></w:sectPr></w:other>`, false},
		{"notes", "footnotes", `<w:footnotes><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2"/>` +
			`<w:footnote w:id="3"/><w:endnote w:id="2"/><w:endnote w:id="3"/><w:x/></w:footnotes>`,
			`<w:footnotes><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2"/><w:endnote w:id="3"/><w:x/>` +
				`</w:footnotes>`, false},
		{"rows", "worksheet", `<worksheet><sheetData><row r="1"/><row r="2" hidden="1"/><row r="3" hidden="true"/>` +
			`<row r="4" ht="0"/><row r="5" hidden="0" ht="9"/></sheetData></worksheet>`,
			`<worksheet><sheetData><row r="1"/><row r="5" hidden="0" ht="9"/></sheetData></worksheet>`, false},
		{"rows without height", "worksheet", `<worksheet><sheetFormatPr zeroHeight="1"/><sheetData><row r="1"/>` +
			`<row r="2" ht="9"/></sheetData></worksheet>`,
			`<worksheet><sheetFormatPr zeroHeight="1"/><sheetData><row r="2" ht="9"/></sheetData></worksheet>`, false},
		{"rows without height, in words", "worksheet", `<worksheet><sheetFormatPr zeroHeight="true"/><sheetData>` +
			`<row r="1"/></sheetData></worksheet>`,
			`<worksheet><sheetFormatPr zeroHeight="true"/><sheetData/></worksheet>`, false},
		{"rows with height", "worksheet", `<worksheet><sheetFormatPr zeroHeight="0"/><sheetData><row r="1"/>` +
			`</sheetData>` +
			`</worksheet>`,
			`<worksheet><sheetFormatPr zeroHeight="0"/><sheetData><row r="1"/></sheetData></worksheet>`, false},
		{"columns", "worksheet", `<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/>` +
			`<col min="6" max="9" width="8"/></cols><sheetData><row><c r="A1"/><c r="B1"/><c r="C1"/><c r="D1"/>` +
			`<c r="E1"/><c r="F1"/></row><row><c/><c/><c/><c/><c/><c/></row></sheetData></worksheet>`,
			`<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/>` +
				`<col min="6" max="9" width="8"/></cols><sheetData><row><c r="A1"/><c r="D1"/><c r="F1"/></row>` +
				`<row><c/><c/><c/></row></sheetData></worksheet>`, false},
		{"no cells", "worksheet", `<worksheet/>`, `<worksheet/>`, false},
		{"strings", "sharedStrings", `<sst><si><t>a</t></si><x/><si><t>b</t></si><si/><si><t>c</t></si></sst>`,
			`<sst><si><t/></si><x/><si><t>b</t></si><si><t/></si><si><t/></si></sst>`, false},
		{"another part", "styles", `<w:styles hidden="1"/>`, `<w:styles hidden="1"/>`, false},
	} {
		r := rulesOf(t, tt.kind)
		r.even, r.notes, r.texts = tt.even, map[string]bool{"footnote 2": true, "endnote 3": true},
			map[string]bool{"1": true}
		n, want := tree(t, tt.in), string(xmltree.Write(tree(t, tt.out)))
		r.prepare(n)
		if got := string(xmltree.Write(n)); got != want || lost(r.parts) != (tt.in != tt.out) {
			t.Errorf("%s: told %v\n%s\nwant\n%s", tt.what, lost(r.parts), got, want)
		}
	}
	r := rulesOf(t, "sharedStrings")
	if r.prepare(tree(t, `<sst><si/></sst>`)); lost(r.parts) {
		t.Error("an empty string is told to be lost")
	}
}

func TestWhatIsReferredToIsNoted(t *testing.T) {
	r := rulesOf(t, "officeDocument")
	r.prepare(tree(t, `<w:document><w:p><w:footnoteReference w:id="2"/><w:x><w:endnoteReference w:id="3"/></w:x></w:p>`+
		`</w:document>`))
	if got := slices.Sorted(maps.Keys(r.notes)); !slices.Equal(got, []string{"endnote 3", "footnote 2"}) {
		t.Error(got)
	}
	r = rulesOf(t, "worksheet")
	r.prepare(tree(t, `<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row><c t="s">`+
		`<v> 4 </v></c>`+
		`<c t="s"><v>5</v></c><c><v>6</v></c><c t="s"/></row><row hidden="1"><c t="s"><v>7</v></c></row>`+
		`</sheetData></worksheet>`))
	if got := slices.Sorted(maps.Keys(r.texts)); !slices.Equal(got, []string{"4"}) {
		t.Error(got)
	}
}

func TestColumnsAreReadFromTheNamesOfCells(t *testing.T) {
	for cell, want := range map[string]int{
		"A1": 1, "Z9": 26, "AA1": 27, "az10": 52, "XFD1": 16384, "7": 0, "": 0, "[1": 0, "@1": 0, "ZZZZZZZZZ": 475254,
	} {
		if got := columnOf(cell); got != want {
			t.Errorf("%s: %d, want %d", cell, got, want)
		}
	}
}

// odf is a copy of an OpenDocument.
func odf(t *testing.T) *odfCopy { return &odfCopy{parts: packed(t), hidden: map[string]bool{}} }

func TestStylesOfOpenDocumentHideWhatIsMadeFromThem(t *testing.T) {
	for text, want := range map[string]string{
		`<o:styles><s:style s:name="a"><s:p t:display="none"/></s:style><s:style s:name="b"><s:p/></s:style>` +
			`</o:styles>`: "a",
		`<o:styles><s:style s:name="a"><s:p t:display="false"/></s:style>` +
			`</o:styles>`: "a",
		`<o:styles><s:style s:name="a"><s:p t:visibility="hidden"/></s:style>` +
			`</o:styles>`: "a",
		`<o:styles><s:style s:name="a"><s:p t:display="true" t:visibility="visible"/></s:style>` +
			`</o:styles>`: "",
		`<o:styles><d:layer d:name="a" d:display="none"/><d:layer d:name="b" d:display="printer"/>` +
			`<d:layer d:name="c" d:display="screen"/><d:layer d:name="d"/></o:styles>`: "layer a,layer b",
		`<o:automatic-styles><s:style s:name="c" s:parent-style-name="b"/>` +
			`<s:style s:name="b" s:parent-style-name="a"/>` +
			`<s:style s:name="a"><s:p t:display="none"/></s:style></o:automatic-styles>`: "a,b,c",
		`<o:styles><s:style s:name="a"><s:p t:display="none"/></s:style><s:style s:name="b" s:parent-style-name="a">` +
			`<s:p t:display="true"/></s:style><s:style s:name="c" s:parent-style-name="a">` +
			`<s:p t:visibility="visible"/>` +
			`</s:style><s:style s:name="d" s:parent-style-name="a"><s:p/></s:style></o:styles>`: "a,d",
		`<o:other><s:style s:name="a"><s:p t:display="none"/></s:style><s:style s:name="b" s:parent-style-name="a"/>` +
			`</o:other>`: "a",
	} {
		c := odf(t)
		c.hiddenStyles(tree(t, text))
		if got := strings.Join(slices.Sorted(maps.Keys(c.hidden)), ","); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestElementsOfOpenDocumentThatReadersDoNotShow(t *testing.T) {
	for text, want := range map[string]bool{
		`<t:section/>`: false, `<t:section t:display="true"/>`: false, `<t:section t:display="none"/>`: true,
		`<t:section t:display="condition"/>`: true,
		`<t:span t:style-name="h"/>`:         true, `<t:span t:style-name="s"/>`: false,
		`<t:h t:style-name="h"/>`: true, `<t:table t:style-name="h"/>`: true, `<d:page d:style-name="h"/>`: true,
		`<t:p t:style-name="h"/>`: true, `<t:p t:style-name="s"/>`: false,
		`<t:p><t:hidden-paragraph t:is-hidden="true"/></t:p>`:  true,
		`<t:p><t:hidden-paragraph t:is-hidden="false"/></t:p>`: false, `<t:p><t:x t:is-hidden="true"/></t:p>`: false,
		`<t:table-row t:visibility="collapse"/>`: true, `<t:table-row t:visibility="filter"/>`: true,
		`<t:table-row t:visibility="visible"/>`: false, `<t:table-header-rows t:visibility="collapse"/>`: true,
		`<t:table-row-group t:display="false"/>`: true, `<t:table-row-group/>`: false,
		`<d:frame d:layer="off"/>`: true, `<d:frame d:layer="on"/>`: false, `<d:g d:layer="off"/>`: true,
		`<d:frame p:class="title"/>`: false, `<t:other t:style-name="h" t:display="none"/>`: false,
	} {
		c := odf(t)
		c.hidden["h"], c.hidden["layer off"] = true, true
		if got := c.unseen(tree(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	c := odf(t)
	c.master = true
	if !c.unseen(tree(t, `<d:frame p:class="title"/>`)) || c.unseen(tree(t, `<d:frame/>`)) {
		t.Error("what a master says where pages have words of their own, and a picture of the master")
	}
}

// TestCellsOfHiddenColumnsAreEmptied: a column is named with its letter where it stays.
func TestCellsOfHiddenColumnsAreEmptied(t *testing.T) {
	cells := func(words ...string) (out string) {
		for _, w := range words {
			if repeat, _, found := strings.Cut(w, "*"); found {
				out += `<t:table-cell t:number-columns-repeated="` + repeat + `" t:formula="f">x</t:table-cell>`
				continue
			}
			out += `<t:table-cell t:formula="f" t:style-name="s">` + w + `</t:table-cell>`
		}
		return out
	}
	const off, on = `<t:table-column t:visibility="collapse"/>`, `<t:table-column/>`
	const row = `<t:table-row>`
	for _, tt := range []struct{ columns, row, want string }{
		{on + off + on, cells("a", "b", "c"), cells("a") + `<t:table-cell t:style-name="s"/>` + cells("c")},
		{`<t:table-column t:visibility="filter"/>` + on, cells("a", "b"),
			`<t:table-cell t:style-name="s"/>` + cells("b")},
		{on + `<t:table-column t:number-columns-repeated="2" t:visibility="collapse"/>` + on, cells("a", "b", "c", "d"),
			cells("a") + `<t:table-cell t:style-name="s"/><t:table-cell t:style-name="s"/>` + cells("d")},
		{on + off + on, cells("2*", "c"), `<t:table-cell t:number-columns-repeated="2"/>` + cells("c")},
		{on + on + off, cells("2*", "c"), cells("2*") + `<t:table-cell t:style-name="s"/>`},
		{`<t:table-column-group t:display="false">` + on + `</t:table-column-group>` + on, cells("a", "b"),
			`<t:table-cell t:style-name="s"/>` + cells("b")},
		{`<t:table-column-group t:display="true">` + on + `</t:table-column-group>` + off, cells("a", "b"),
			cells("a") + `<t:table-cell t:style-name="s"/>`},
		{`<t:table-header-columns>` + off + `</t:table-header-columns><t:table-columns>` + on + `</t:table-columns>`,
			cells("a", "b", "c"), `<t:table-cell t:style-name="s"/>` + cells("b", "c")},
		{on + on, cells("a", "b"), cells("a", "b")},
	} {
		c := odf(t)
		n := tree(t, `<t:table>`+tt.columns+row+tt.row+`</t:table-row><t:table-rows>`+row+tt.row+
			`</t:table-row></t:table-rows></t:table>`)
		want := tree(t, `<t:table>`+tt.columns+row+tt.want+`</t:table-row><t:table-rows>`+row+tt.want+
			`</t:table-row></t:table-rows></t:table>`)
		c.hiddenColumns(n)
		if got := string(xmltree.Write(n)); got != string(xmltree.Write(want)) || lost(c.parts) != (tt.row != tt.want) {
			t.Errorf("%s: told %v\n%s\nwant\n%s", tt.columns, lost(c.parts), got, xmltree.Write(want))
		}
	}
	c := odf(t) // more columns than a spreadsheet has
	n := tree(t, `<t:table><t:table-column t:number-columns-repeated="99999999"/>`+off+row+cells("99999999*", "b")+
		`</t:table-row></t:table>`)
	if c.hiddenColumns(n); lost(c.parts) {
		t.Error("a column beyond the last is hidden")
	}
	for text, want := range map[string]int{"": 1, "x": 1, "0": 1, "-1": 1, "1": 1, "2": 2, "16384": 16384,
		"16385": 16384} {
		if got := repeated(tree(t, `<a number-columns-repeated="`+text+`"/>`)); got != want {
			t.Errorf("%q is repeated %d times", text, got)
		}
	}
}
