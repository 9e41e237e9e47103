package scrub

import (
	"encoding/xml"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// What is left out of the XML of OpenDocument (ISO/IEC 26300), by local names.
var (
	odfDropped = map[string]Trace{
		"annotation": Comment, "annotation-end": Comment, "tracked-changes": History, "change": History,
		"change-start": History, "change-end": History, "desc": Unnamed, "forms": Unnamed, "scripts": Unnamed,
		"event-listeners": Unnamed, "bookmark": Unnamed, "bookmark-start": Unnamed, "bookmark-end": Unnamed,
		"reference-mark": Unnamed, "reference-mark-start": Unnamed, "reference-mark-end": Unnamed,
		"user-field-decls": Unnamed, "variable-decls": Unnamed, "dde-connection-decls": Unnamed, "hidden-text": Unnamed,
		"hidden-paragraph": Unnamed, "alphabetical-index-mark": Unnamed, "alphabetical-index-mark-start": Unnamed,
		"alphabetical-index-mark-end": Unnamed, "toc-mark": Unnamed, "user-index-mark": Unnamed, "meta-field": "",
		"author-name": Author, "author-initials": Author, "initial-creator": Author, "creator": Author,
		"user-defined": Unnamed, "description": Unnamed, "keywords": Unnamed, "subject": Unnamed, "notes": Comment,
		"text-input": Unnamed, "script": Unnamed, "settings": Unnamed, "content-validations": Unnamed,
	}
	odfOpened = set("a meta ruby-base")
	// odfWords are attributes that hold words which no reader shows.
	odfWords = set(`title description target-frame-name string-value formula condition display-name help-text hint
		user-name password protection-key about property datatype content idref connection-name
		alternative-content name-of
		print-range contextual-help label-of`)
	odfHref   = regexp.MustCompile(`^(\./)?(Pictures/[^?#]+|ObjectReplacements/Object \d+|Object \d+/?)$`)
	odfObject = regexp.MustCompile(`^Object \d+/(content|styles)\.xml$`)
	odfKind   = regexp.MustCompile(`^application/vnd\.oasis\.opendocument\.[a-z-]+$`)
	odfNames  = regexp.MustCompile(`(^|-)name$`)
)

// odfCopy writes an OpenDocument again.
type odfCopy struct {
	*parts

	now    map[string]string // pictures' names in the copy
	hidden map[string]bool
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
		return errBroken
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
				c.lost(Attached)
			} else if !strings.HasSuffix(n, "/") {
				c.now[n] = fmt.Sprintf("Pictures/p%d%s", len(c.now)+1, plainExt.FindString(ext))
				pictures = append(pictures, n)
			}
		case n == "meta.xml":
			c.lost(Author, Date)
		case n == "Thumbnails/thumbnail.png":
			c.lost(Preview)
		}
	}
	return c.run(mime, xmlParts, pictures)
}

func (c *odfCopy) run(mime string, xmlParts, pictures []string) error {
	trees := map[string]*node{}
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
			return errBroken
		}
		if err := c.put(n, writeXML(kept[0])); err != nil {
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
	root := &node{name: m("manifest"), attrs: []xml.Attr{
		{Name: xml.Name{Space: "xmlns", Local: "manifest"}, Value: space}, {Name: m("version"), Value: "1.2"}}}
	entry := func(name, kind string) {
		root.kids = append(root.kids, &node{name: m("file-entry"), attrs: []xml.Attr{
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
	return writeXML(root)
}

// hiddenStyles notes the styles whose text is hidden.
func (c *odfCopy) hiddenStyles(n *node) {
	if n.name.Local == "style" {
		for _, k := range n.kids {
			if k.attr("display") == "none" {
				c.hidden[n.attr("name")] = true
			}
		}
	}
	for _, k := range n.kids {
		c.hiddenStyles(k)
	}
}

func (c *odfCopy) clean(n *node) []*node {
	local := n.name.Local
	if local == "" {
		return []*node{n}
	}
	t, gone := odfDropped[local]
	switch {
	case gone, local == "title" && strings.Contains(c.spaces[n.name.Space], "svg"), c.spaces[n.name.Space] == "",
		strings.HasPrefix(local, "sender-"),
		local == "section" && n.attr("display") != "" && n.attr("display") != "true",
		slices.Contains([]string{"span", "p", "h"}, local) && c.hidden[n.attr("style-name")]:
		if t == "" {
			t = Unnamed
		}
		c.lost(t)
		return nil
	}
	attrs := n.attrs
	n.attrs = nil
	for _, a := range attrs {
		if v, keep := c.attr(local, a); keep {
			n.attrs = append(n.attrs, xml.Attr{Name: a.Name, Value: v})
		}
	}
	if (local == "image" || local == "object") && n.attr("href") == "" && n.child("binary-data") == nil {
		return nil
	}
	var kids []*node
	for _, k := range n.kids {
		kids = append(kids, c.clean(k)...)
	}
	n.kids = kids
	switch {
	case odfOpened[local]:
		return kids
	case local == "binary-data" || local == "object-ole" || local == "plugin" || local == "applet":
		c.lost(Attached)
		return nil
	}
	return []*node{n}
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
	case odfWords[local]:
		c.lost(Unnamed)
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
