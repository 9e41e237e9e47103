package documents

import (
	"slices"
	"strconv"
	"strings"

	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// hiddenStyles notes the styles of Word whose text is hidden, by themselves or by the style they are made from, and
// whether left pages have headers of their own.
func (c *officeCopy) hiddenStyles() error {
	for _, p := range c.queue {
		if p.kind != "styles" && p.kind != "settings" {
			continue
		}
		n, err := c.tree(p.name)
		if err != nil {
			return err
		}
		if p.kind == "settings" {
			c.even = isOn(n.Child("evenAndOddHeaders"))
			continue
		}
		above := map[string]string{}
		for _, s := range n.Kids {
			id := s.Attr("styleId")
			if hides(s.Child("rPr")) {
				c.hidden[id] = true
			}
			if b := s.Child("basedOn"); b != nil {
				above[id] = b.Attr("val")
			}
		}
		for id := range above {
			for up, n := above[id], 0; up != "" && n < 50; up, n = above[up], n+1 {
				if c.hidden[up] {
					c.hidden[id] = true
				}
			}
		}
	}
	return nil
}

// isOn reports whether a switch of Word is there and not set to off.
func isOn(n *xmltree.Node) bool {
	return n != nil && !slices.Contains([]string{"0", "false", "off"}, n.Attr("val"))
}

// hides reports whether properties of a run hide it.
func hides(rPr *xmltree.Node) bool {
	return rPr != nil && (isOn(rPr.Child("vanish")) || isOn(rPr.Child("specVanish")))
}

// unseen returns the relationships of a workbook that lead to sheets which are hidden.
func (c *officeCopy) unseen(from *officePart) (map[string]bool, error) {
	out := map[string]bool{}
	if from.kind != "officeDocument" || c.main != "xl" {
		return out, nil
	}
	n, err := c.tree(from.name)
	if err != nil {
		return nil, err
	}
	if sheets := n.Child("sheets"); sheets != nil {
		for _, s := range sheets.Kids {
			if state := s.Attr("state"); state != "" && state != "visible" {
				out[s.Attr("id")] = true
			}
		}
	}
	return out, nil
}

// hiddenSlide reports whether a slide is left out when slides are shown.
func (c *officeCopy) hiddenSlide(name string) (bool, error) {
	n, err := c.tree(name)
	if err != nil {
		return false, err
	}
	off := n.Attr("show") == "0" || n.Attr("show") == "false"
	if off {
		c.Lost(trace.Unnamed)
	}
	return off, nil
}

// prepare takes out of a part what is hidden by where it stands.
func (r *officeRules) prepare(n *xmltree.Node) {
	switch r.part.kind {
	case "officeDocument":
		if n.Name.Local == "document" {
			r.unusedHeaders(n)
		}
	case "footnotes", "endnotes":
		n.Kids = slices.DeleteFunc(n.Kids, func(k *xmltree.Node) bool {
			gone := (k.Name.Local == "footnote" || k.Name.Local == "endnote") && k.Attr("type") == "" &&
				!r.notes[k.Name.Local+" "+k.Attr("id")]
			return r.lose(gone)
		})
	case "worksheet":
		r.hiddenCells(n)
	case "sharedStrings":
		at := 0
		for _, k := range n.Kids {
			if k.Name.Local != "si" {
				continue
			}
			if !r.texts[strconv.Itoa(at)] {
				r.lose(len(k.Kids) > 0)
				k.Kids = []*xmltree.Node{{Name: name(k.Name.Space, "t")}}
			}
			at++
		}
	}
}

// lose notes that something unnamed is left out.
func (r *officeRules) lose(gone bool) bool {
	if gone {
		r.Lost(trace.Unnamed)
	}
	return gone
}

// unusedHeaders drops the headers of first pages and of left pages where these have none of their own, and notes which
// notes the text refers to.
func (r *officeRules) unusedHeaders(n *xmltree.Node) {
	if n.Name.Local == "sectPr" {
		first := isOn(n.Child("titlePg"))
		n.Kids = slices.DeleteFunc(n.Kids, func(k *xmltree.Node) bool {
			t := k.Attr("type")
			return r.lose(strings.HasSuffix(k.Name.Local, "erReference") && (t == "first" && !first || t == "even" && !r.even))
		})
	}
	if note, ok := strings.CutSuffix(n.Name.Local, "Reference"); ok {
		r.notes[note+" "+n.Attr("id")] = true
	}
	for _, k := range n.Kids {
		r.unusedHeaders(k)
	}
}

// hiddenCells drops the rows of a sheet that are hidden and the cells of hidden columns, and notes which shared
// strings the others show.
func (r *officeRules) hiddenCells(sheet *xmltree.Node) {
	type columns struct{ from, to int }
	var hidden []columns
	tall := true
	if f := sheet.Child("sheetFormatPr"); f != nil {
		tall = f.Attr("zeroHeight") != "1" && f.Attr("zeroHeight") != "true"
	}
	for _, k := range sheet.Kids {
		if k.Name.Local != "cols" {
			continue
		}
		for _, col := range k.Kids {
			if isHidden(col) || col.Attr("width") == "0" {
				from, _ := strconv.Atoi(col.Attr("min"))
				to, _ := strconv.Atoi(col.Attr("max"))
				hidden = append(hidden, columns{from, to})
			}
		}
	}
	data := sheet.Child("sheetData")
	if data == nil {
		return
	}
	data.Kids = slices.DeleteFunc(data.Kids, func(row *xmltree.Node) bool {
		return r.lose(isHidden(row) || row.Attr("ht") == "0" || !tall && row.Attr("ht") == "")
	})
	for _, row := range data.Kids {
		at := 0
		row.Kids = slices.DeleteFunc(row.Kids, func(c *xmltree.Node) bool {
			if at++; c.Attr("r") != "" {
				at = columnOf(c.Attr("r"))
			}
			return r.lose(slices.ContainsFunc(hidden, func(h columns) bool { return at >= h.from && at <= h.to }))
		})
		for _, c := range row.Kids {
			if v := c.Child("v"); v != nil && c.Attr("t") == "s" {
				r.texts[strings.TrimSpace(v.Words())] = true
			}
		}
	}
}

func isHidden(n *xmltree.Node) bool { return n.Attr("hidden") == "1" || n.Attr("hidden") == "true" }

// columnOf reads the column of a cell's name, from 1: "B7" is in the second.
func columnOf(cell string) (n int) {
	for _, c := range strings.ToUpper(cell) {
		if c < 'A' || c > 'Z' || n > 20_000 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
