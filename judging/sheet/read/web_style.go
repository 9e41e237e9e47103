package read

import (
	"bytes"
	"strconv"
	"strings"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/numfmt"
)

// webStyles are the number formats of an XML spreadsheet of 2003, by the identities of its styles.
type webStyles struct {
	codes map[string]string
	known map[string]*numfmt.Format
	now   string // the style being read

	struck map[string]bool // those that strike text through
}

// namedFormats are those that the format of XML spreadsheets names in words.
var namedFormats = map[string]string{
	"General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
	"Yes/No": `"Yes";"Yes";"No"`, "True/False": `"True";"True";"False"`, "On/Off": `"On";"On";"Off"`,
	"General Date": "yyyy/m/d h:mm", "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy", "Long Date": "[$-F800]d",
	"Short Time": "h:mm", "Medium Time": "h:mm AM/PM", "Long Time": "h:mm:ss", "Currency": `"¥"#,##0.00`,
}

func (w *webStyles) tag(t webTag) {
	switch {
	case t.name == "style" && !t.closes:
		w.now = t.attrs["id"]
	case t.name == "font" && w.now != "" && t.attrs["strikethrough"] == "1" && len(w.struck) < grid.MaxFonts:
		if w.struck == nil {
			w.struck = map[string]bool{}
		}
		w.struck[w.now] = true
	case t.name == "numberformat" && w.now != "" && len(w.codes) < grid.MaxFormats:
		if w.codes == nil {
			w.codes, w.known = map[string]string{}, map[string]*numfmt.Format{}
		}
		code := t.attrs["format"]
		if named, ok := namedFormats[code]; ok {
			code = named
		}
		w.codes[w.now] = code
	}
}

func (w *webStyles) of(style string) *numfmt.Format {
	code, ok := w.codes[style]
	if !ok {
		return nil
	}
	format, known := w.known[style]
	if !known {
		format = numfmt.Parse(code)
		w.known[style] = format
	}
	return format
}

// shown makes the cell of a value of a kind, in a style.
func (w *webStyles) shown(text, kind, style string) grid.Cell {
	format := w.of(style)
	switch kind {
	case "Number":
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return grid.Number(f, format, false)
		}
	case "DateTime":
		f, ok := isoSerial(text)
		if !ok {
			break
		}
		if format == nil {
			format = numfmt.Builtin(14)
		}
		c := grid.Number(f, format, false)
		c.Kind = grid.DateCell
		return c
	case "Boolean":
		return grid.Truth(isTrue(text))
	case "Error":
		return grid.Cell{Text: text, Kind: grid.ErrorCell}
	}
	return grid.Cell{Text: format.Text(text)}
}

// webStrike finds out whether all text of a cell of a page is struck through, by tags or by styles of its own.
type webStrike struct {
	row, all       bool // the row or the cell is struck as a whole
	open           int  // tags that strike, and are open
	plain, crossed bool // text that is not struck, and text that is
}

func linesThrough(t webTag) bool {
	return strings.Contains(strings.ToLower(t.attrs["style"]), "line-through")
}

func (w *webStrike) tag(t webTag, inCell bool) {
	switch t.name {
	case "tr":
		w.row = !t.closes && linesThrough(t)
	case "s", "strike", "del":
		if inCell && t.closes {
			w.open = max(w.open-1, 0)
		} else if inCell && !t.empty {
			w.open++
		}
	case "span", "font":
		if inCell && !t.closes && linesThrough(t) { // its end is not looked for: the rest of the cell counts as struck
			w.open++
		}
	}
}

func (w *webStrike) cell(t webTag) {
	w.all, w.open, w.plain, w.crossed = w.row || linesThrough(t), 0, false, false
}

func (w *webStrike) text(raw []byte) {
	if len(bytes.Trim(raw, webSpaces)) > 0 {
		struck := w.all || w.open > 0
		w.crossed, w.plain = w.crossed || struck, w.plain || !struck
	}
}

// whole reports whether the cell has text, and all of it is struck through.
func (w *webStrike) whole() bool { return w.crossed && !w.plain }
