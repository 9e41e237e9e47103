package documents

import (
	"encoding/xml"
	"slices"
	"strconv"

	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// hiddenStyles notes the styles and the layers of what is not shown.
func (c *odfCopy) hiddenStyles(n *xmltree.Node) {
	switch n.Name.Local {
	case "style":
		for _, k := range n.Kids {
			if k.Attr("display") == "none" || k.Attr("display") == "false" || k.Attr("visibility") == "hidden" {
				c.hidden[n.Attr("name")] = true
			}
		}
	case "layer":
		if d := n.Attr("display"); d == "none" || d == "printer" {
			c.hidden["layer "+n.Attr("name")] = true
		}
	}
	for _, k := range n.Kids {
		c.hiddenStyles(k)
	}
	if n.Name.Local == "styles" || n.Name.Local == "automatic-styles" {
		for range 8 { // styles made from hidden ones
			for _, k := range n.Kids {
				if c.hidden[k.Attr("parent-style-name")] && !shows(k) {
					c.hidden[k.Attr("name")] = true
				}
			}
		}
	}
}

// shows reports whether a style says itself that what it is for is shown.
func shows(style *xmltree.Node) bool {
	return slices.ContainsFunc(style.Kids, func(k *xmltree.Node) bool {
		return k.Attr("display") == "true" || k.Attr("visibility") == "visible"
	})
}

// unseen reports whether an element is one that readers don't show.
func (c *odfCopy) unseen(n *xmltree.Node) bool {
	switch n.Name.Local {
	case "section":
		return n.Attr("display") != "" && n.Attr("display") != "true"
	case "span", "h", "table", "page":
		return c.hidden[n.Attr("style-name")]
	case "p":
		return c.hidden[n.Attr("style-name")] || slices.ContainsFunc(n.Kids, func(k *xmltree.Node) bool {
			return k.Name.Local == "hidden-paragraph" && k.Attr("is-hidden") == "true"
		})
	case "table-row", "table-header-rows":
		v := n.Attr("visibility")
		return v == "collapse" || v == "filter"
	case "table-row-group":
		return n.Attr("display") == "false"
	case "frame", "custom-shape", "rect", "g", "ellipse", "line", "path", "polygon", "connector", "caption":
		// what a master says where pages have words of their own
		return c.hidden["layer "+n.Attr("layer")] || c.master && n.Attr("class") != ""
	}
	return false
}

// mostColumns is how many columns of a table are looked at: as many as spreadsheets have.
const mostColumns = 16384

// hiddenColumns empties the cells of columns that are not shown.
func (c *odfCopy) hiddenColumns(table *xmltree.Node) {
	var hidden []bool
	var columns func(n *xmltree.Node, off bool)
	columns = func(n *xmltree.Node, off bool) {
		for _, k := range n.Kids {
			switch k.Name.Local {
			case "table-column":
				v := k.Attr("visibility")
				for range min(repeated(k), mostColumns-len(hidden)) {
					hidden = append(hidden, off || v == "collapse" || v == "filter")
				}
			case "table-column-group":
				columns(k, off || k.Attr("display") == "false")
			case "table-columns", "table-header-columns":
				columns(k, off)
			}
		}
	}
	columns(table, false)
	if !slices.Contains(hidden, true) {
		return
	}
	c.emptyCells(table, hidden)
}

func (c *odfCopy) emptyCells(n *xmltree.Node, hidden []bool) {
	at := 0
	for _, k := range n.Kids {
		switch k.Name.Local {
		case "table-row", "table-rows", "table-header-rows", "table-row-group":
			c.emptyCells(k, hidden)
		case "table-cell", "covered-table-cell":
			n := repeated(k)
			if slices.Contains(hidden[min(at, len(hidden)):min(at+n, len(hidden))], true) {
				c.Lost(trace.Unnamed)
				k.Kids = nil
				k.Attrs = slices.DeleteFunc(k.Attrs, func(a xml.Attr) bool {
					return a.Name.Local != "number-columns-repeated" && a.Name.Local != "style-name"
				})
			}
			at += n
		}
	}
}

func repeated(n *xmltree.Node) int {
	v, err := strconv.Atoi(n.Attr("number-columns-repeated"))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, mostColumns)
}
