package read

import (
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/numfmt"
	"fayi/judging/sheet/tags"
)

func (r *odsReader) startCell(name string) error {
	r.cell = odsCell{
		kind: string(r.Attr("office:value-type")), formula: len(r.Attr("table:formula")) > 0,
		covered: name[0] == 'c', style: r.attrText("table:style-name"),
		repeat: r.count("table:number-columns-repeated"),
		across: r.count("table:number-columns-spanned"), down: r.count("table:number-rows-spanned"),
	}
	for _, a := range []string{"office:value", "office:date-value", "office:time-value", "office:boolean-value",
		"office:string-value"} {
		if v := r.attrText(a); v != "" {
			r.cell.value = v
			break
		}
	}
	if r.open = !r.Empty; r.open {
		r.aside, r.span = 0, ""
		return nil
	}
	return r.endCell()
}

// inCell reads what stands in a cell: paragraphs of text, and notes, drawings and tables that are passed over.
func (r *odsReader) inCell(name string) error {
	switch name {
	case "annotation", "frame", "custom-shape", "rect", "line", "ellipse", "table", "ruby-text":
		if r.Empty {
			return nil
		}
		if r.aside++; r.End {
			r.aside -= 2
		}
		return nil
	}
	if r.aside > 0 {
		return nil
	}
	c := &r.cell
	if c.inText {
		if err := r.words(); err != nil {
			return err
		}
	}
	switch {
	case r.End && (name == "table-cell" || name == "covered-table-cell"):
		r.open = false
		return r.endCell()
	case name == "p" && r.End:
		c.inText = false
	case name == "p":
		if c.paragraphs++; c.paragraphs > 1 {
			c.text.WriteByte('\n')
		}
		c.inText, c.spaced = !r.Empty, true
	case name == "span":
		r.span = ""
		if !r.End {
			r.span = r.attrText("text:style-name")
		}
	case name == "s" && !r.End:
		c.text.WriteString(strings.Repeat(" ", min(r.count("text:c"), 1000)))
	case name == "tab" && !r.End:
		c.text.WriteByte('\t')
	case name == "line-break" && !r.End:
		c.text.WriteByte('\n')
	}
	if c.text.Len() > tags.MaxText {
		return grid.ErrTooBig
	}
	return nil
}

// words adds the text before the tag; runs of spaces count as one (ODF 6.1.2).
func (r *odsReader) words() error {
	text, err := r.Said()
	if err != nil {
		return err
	}
	text = joinSpaces(text)
	if r.cell.spaced {
		text = strings.TrimLeft(text, " ")
	}
	if text != "" {
		r.cell.spaced = strings.HasSuffix(text, " ")
		crossed := r.struck[r.span] || r.span == "" && r.struck[r.cell.style]
		r.cell.crossed, r.cell.plain = r.cell.crossed || crossed, r.cell.plain || !crossed
	}
	r.cell.text.WriteString(text)
	return nil
}

// shown turns a cell of the file into a cell of the sheet.
func (c *odsCell) shown() grid.Cell {
	text := c.text.String()
	switch {
	case c.kind == "" && c.formula && strings.TrimSpace(text) == "":
		return grid.Cell{Kind: grid.FormulaCell}
	case strings.HasPrefix(text, "#") && errorNames[text], c.formula && strings.HasPrefix(text, "Err:"):
		return grid.Cell{Text: text, Kind: grid.ErrorCell}
	}
	out := grid.Cell{Text: text}
	if c.paragraphs == 0 { // some writers leave to the reader what to show
		out.Text = c.value
	}
	switch c.kind {
	case "float", "percentage", "currency":
		out.Kind = grid.NumberCell
		f, err := strconv.ParseFloat(c.value, 64)
		if out.Text = strings.TrimSpace(out.Text); err != nil {
			return out
		}
		plain := numfmt.Plain(f)
		if c.paragraphs == 0 || exponential.MatchString(text) { // no digits may be lost
			out.Text = plain
		}
		if out.Text != plain {
			out.Stored = plain
		}
	case "date", "time":
		out.Kind = grid.DateCell
		if c.paragraphs == 0 {
			out.Text = isoText(c.value)
		}
	case "boolean":
		if c.paragraphs == 0 {
			out = grid.Truth(isTrue(c.value))
		}
	}
	return out
}

// isoText writes a date of ISO 8601 as spreadsheets show days by default.
func isoText(value string) string {
	f, ok := isoSerial(value)
	switch {
	case !ok:
		return value
	case f == float64(int(f)):
		return numfmt.Builtin(14).Number(f, false)
	}
	return numfmt.Builtin(22).Number(f, false)
}

// endCell puts the cell into the row, as often as it stands there. What repeats an empty cell takes no place.
func (r *odsReader) endCell() error {
	c := &r.cell
	from, v := len(r.line.Cells), grid.Cell{}
	if !c.covered {
		v = c.shown()
		v.Struck = c.crossed && !c.plain || c.paragraphs == 0 && r.struck[c.style]
	}
	limits := r.limits
	blank := v.Blank()
	switch {
	case blank && from+c.repeat >= limits.Columns:
		for len(r.line.Cells) < limits.Columns {
			r.line.Cells = append(r.line.Cells, grid.Cell{})
		}
		return nil
	case !blank && from+c.repeat > limits.Columns:
		return grid.FileError(r.webSource.name, "sheet.too_many_columns", judging.Args{
			"Row": r.line.Row, "Limit": limits.Columns,
		})
	case len(v.Text) > limits.Cell:
		return grid.FileError(r.webSource.name, "sheet.long_cell", judging.Args{
			"Row": r.line.Row, "Column": grid.ColumnLetters(from),
		})
	}
	if !c.covered && (c.across > 1 || c.down > 1) &&
		r.line.Row+c.down <= grid.MaxRows && from+c.across <= grid.MaxColumns {
		w := &r.list[len(r.list)-1]
		if len(w.areas) < grid.MaxMerges {
			w.areas = append(w.areas, grid.Area{
				Top: r.line.Row, Left: from, Bottom: r.line.Row + c.down - 1, Right: from + c.across - 1,
			})
		}
	}
	for range c.repeat {
		r.line.Cells = append(r.line.Cells, v)
	}
	return nil
}
