package documents

import (
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"fayi/judging/media/internal/xmltree"
	"fayi/judging/media/trace"
)

// What is left out of the XML of OpenDocument (ISO/IEC 26300), by local names.
var (
	odfDropped = map[string]trace.Trace{
		"annotation": trace.Comment, "annotation-end": trace.Comment, "tracked-changes": trace.History,
		"change": trace.History, "change-start": trace.History, "change-end": trace.History, "desc": trace.Unnamed,
		"forms": trace.Unnamed, "scripts": trace.Unnamed, "event-listeners": trace.Unnamed, "bookmark": trace.Unnamed,
		"bookmark-start": trace.Unnamed, "bookmark-end": trace.Unnamed, "reference-mark": trace.Unnamed,
		"reference-mark-start": trace.Unnamed, "reference-mark-end": trace.Unnamed, "user-field-decls": trace.Unnamed,
		"variable-decls": trace.Unnamed, "dde-connection-decls": trace.Unnamed, "hidden-text": trace.Unnamed,
		"hidden-paragraph": trace.Unnamed, "alphabetical-index-mark": trace.Unnamed,
		"alphabetical-index-mark-start": trace.Unnamed, "alphabetical-index-mark-end": trace.Unnamed,
		"toc-mark": trace.Unnamed, "user-index-mark": trace.Unnamed, "meta-field": "", "author-name": trace.Author,
		"author-initials": trace.Author, "initial-creator": trace.Author, "creator": trace.Author,
		"user-defined": trace.Unnamed, "description": trace.Unnamed, "keywords": trace.Unnamed,
		"subject": trace.Unnamed, "notes": trace.Comment, "text-input": trace.Unnamed, "script": trace.Unnamed,
		"settings": trace.Unnamed, "content-validations": trace.Unnamed, "named-expressions": trace.Unnamed,
		"database-ranges": trace.Unnamed, "conditional-formats": "", "data-pilot-tables": trace.Unnamed,
		"label-ranges": trace.Unnamed, "consolidation": trace.Unnamed, "dde-links": trace.Unnamed,
		"scenario": trace.Unnamed, "handout-master": "", "label": trace.Unnamed, "sheet-statistics": "",
		"custom-shape-settings": "", "cell-range-source": trace.Unnamed, "shapes-settings": "",
	}
	odfOpened = set("a meta ruby-base")
	// odfWords are attributes that hold words which no reader shows.
	odfWords = set(`title description target-frame-name string-value formula condition display-name help-text hint
		user-name password protection-key about property datatype content idref connection-name
		alternative-content name-of
		print-range print-ranges contextual-help label-of string-value-if-true string-value-if-false base-cell-address
		cell-range-address database-name table-name-list source-name`)
	// odfText are the elements whose text is shown, besides paragraphs and what stands in them.
	odfText = set("p h text currency-symbol")
	// odfWordy are attributes that may hold signs of any script which are shown or drawn.
	odfWordy  = set("font-family bullet-char num-prefix num-suffix char leader-text text-style path-id")
	odfHref   = regexp.MustCompile(`^(\./)?(Pictures/[^?#]+|ObjectReplacements/Object \d+|Object \d+/?)$`)
	odfObject = regexp.MustCompile(`^Object \d+/(content|styles)\.xml$`)
	odfKind   = regexp.MustCompile(`^application/vnd\.oasis\.opendocument\.[a-z-]+$`)
	odfNames  = regexp.MustCompile(`(^|-)name$`)
)

// odfCopy writes an OpenDocument again.
type odfCopy struct {
	*parts

	now    map[string]string // pictures' names in the copy
	hidden map[string]bool   // styles, by family and name, of what is not shown; layers, as "layer" and name
	text   int               // paragraphs that are open
	master bool              // within a master page
	spaces map[string]string
}

func (p *parts) openDocument() error {
	c := &odfCopy{parts: p, now: map[string]string{}, hidden: map[string]bool{}}
	kind, err := p.read("mimetype")
	if err != nil {
		return err
	}
	mime := strings.TrimSpace(string(kind))
	if !odfKind.MatchString(mime) {
		return trace.ErrBroken
	}
	if err := p.put("mimetype", []byte(mime)); err != nil {
		return err
	}
	names := make([]string, 0, len(p.files))
	for _, f := range p.files {
		names = append(names, strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
	}
	slices.Sort(names)
	var xmlParts, pictures []string
	for _, n := range names {
		switch {
		case n == "content.xml", n == "styles.xml", odfObject.MatchString(n):
			xmlParts = append(xmlParts, n)
		case strings.HasPrefix(n, "Pictures/"), strings.HasPrefix(n, "ObjectReplacements/Object "):
			if ext := strings.ToLower(path.Ext(n)); ext == ".svg" {
				c.Lost(trace.Attached)
			} else if !strings.HasSuffix(n, "/") {
				c.now[n] = fmt.Sprintf("Pictures/p%d%s", len(c.now)+1, plainExt.FindString(ext))
				pictures = append(pictures, n)
			}
		case n == "meta.xml":
			c.Lost(trace.Author, trace.Date)
		case n == "Thumbnails/thumbnail.png":
			c.Lost(trace.Preview)
		}
	}
	return c.run(mime, xmlParts, pictures)
}

func (c *odfCopy) run(mime string, xmlParts, pictures []string) error {
	trees := map[string]*xmltree.Node{}
	for _, n := range xmlParts {
		t, err := c.tree(n)
		if err != nil {
			return err
		}
		trees[n] = t
		c.hiddenStyles(t)
	}
	manifest := []string{""}
	for _, n := range xmlParts {
		c.spaces = map[string]string{"xml": "http://www.w3.org/XML/1998/namespace"}
		knownPrefixes(trees[n], c.spaces)
		kept := c.clean(trees[n])
		if len(kept) != 1 {
			return trace.ErrBroken
		}
		if err := c.put(n, xmltree.Write(kept[0])); err != nil {
			return err
		}
		manifest = append(manifest, n)
	}
	for _, n := range pictures {
		data, err := c.read(n)
		if err == nil {
			data, err = c.cleanWithin(data)
		}
		if err == nil {
			err = c.put(c.now[n], data)
		}
		if err != nil {
			return err
		}
		manifest = append(manifest, c.now[n])
	}
	return c.put("META-INF/manifest.xml", odfManifest(mime, manifest))
}

func odfManifest(mime string, names []string) []byte {
	const space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
	m := func(local string) xml.Name { return xml.Name{Space: "manifest", Local: local} }
	root := &xmltree.Node{Name: m("manifest"), Attrs: []xml.Attr{
		{Name: xml.Name{Space: "xmlns", Local: "manifest"}, Value: space}, {Name: m("version"), Value: "1.2"}}}
	entry := func(name, kind string) {
		root.Kids = append(root.Kids, &xmltree.Node{Name: m("file-entry"), Attrs: []xml.Attr{
			{Name: m("full-path"), Value: name}, {Name: m("media-type"), Value: kind}}})
	}
	for _, n := range names {
		switch {
		case n == "":
			entry("/", mime)
		case strings.HasSuffix(n, ".xml"):
			entry(n, "text/xml")
			if dir := path.Dir(n); dir != "." && strings.HasSuffix(n, "content.xml") {
				entry(dir+"/", "application/vnd.oasis.opendocument.chart")
			}
		default:
			entry(n, "")
		}
	}
	return xmltree.Write(root)
}

func (c *odfCopy) clean(n *xmltree.Node) []*xmltree.Node {
	local := n.Name.Local
	if local == "" {
		return []*xmltree.Node{n}
	}
	t, gone := odfDropped[local]
	switch {
	case gone, local == "title" && c.spaces[n.Name.Space] != "" && !strings.Contains(c.spaces[n.Name.Space], "chart"),
		c.spaces[n.Name.Space] == "", strings.HasPrefix(local, "sender-"), c.unseen(n):
		if t == "" {
			t = trace.Unnamed
		}
		c.Lost(t)
		return nil
	}
	if local == "table" {
		c.hiddenColumns(n)
	}
	attrs := n.Attrs
	n.Attrs = nil
	for _, a := range attrs {
		if v, keep := c.attr(local, a); keep {
			n.Attrs = append(n.Attrs, xml.Attr{Name: a.Name, Value: v})
		}
	}
	if (local == "image" || local == "object") && n.Attr("href") == "" && n.Child("binary-data") == nil {
		return nil
	}
	c.kids(n)
	switch {
	case odfOpened[local]:
		return n.Kids
	case local == "binary-data" || local == "object-ole" || local == "plugin" || local == "applet":
		c.Lost(trace.Attached)
		return nil
	}
	return []*xmltree.Node{n}
}

// kids cleans what stands in an element: text only where readers show it.
func (c *odfCopy) kids(n *xmltree.Node) {
	const literal = 4 // characters of a number's format
	local := n.Name.Local
	if odfText[local] {
		c.text++
		defer func() { c.text-- }()
	}
	if local == "master-page" {
		c.master = true
		defer func() { c.master = false }()
	}
	var kids []*xmltree.Node
	for _, k := range n.Kids {
		if k.Name.Local == "" && strings.TrimSpace(k.Text) != "" &&
			(c.text == 0 || local == "text" && len([]rune(k.Text)) > literal) {
			c.Lost(trace.Unnamed)
			continue
		}
		kids = append(kids, c.clean(k)...)
	}
	n.Kids = kids
}

func (c *odfCopy) attr(element string, a xml.Attr) (string, bool) {
	local, v := a.Name.Local, a.Value
	switch {
	case a.Name.Space == "xmlns":
		return v, c.spaces[local] != "" && knownSpaces.MatchString(v)
	case c.spaces[a.Name.Space] == "":
		return "", false
	case local == "href":
		v = strings.TrimSuffix(strings.TrimPrefix(v, "./"), "/")
		if now, ok := c.now[v]; ok {
			return now, true
		}
		return "./" + v, odfHref.MatchString(v) && !strings.HasPrefix(v, "Pictures/")
	case odfWords[local], !odfWordy[local] && !odfNames.MatchString(local) && !technical(v):
		c.Lost(trace.Unnamed)
		return "", false
	case strings.HasSuffix(local, "font-name"), strings.Contains(local, "font-name-"), element == "font-face":
		return v, true
	case odfNames.MatchString(local) && strings.Contains(c.spaces[a.Name.Space], ":config"):
		return v, true
	case odfNames.MatchString(local), local == "id", strings.HasSuffix(local, "-style"), local == "style-override":
		if technicalName.MatchString(v) {
			return v, true
		}
		return alias(v), true
	}
	return v, true
}

// technicalName are the names of styles that programs give, and values of attributes that only look like names.
var technicalName = regexp.MustCompile(
	`^(Standard|Default|Graphics|Frame|Header|Footer|[a-z]{1,2}[0-9]{1,4}|` +
		`[A-Z][A-Z]?[0-9]{1,4}|[a-z]+|[a-z]+-[a-z]+)?$`)
