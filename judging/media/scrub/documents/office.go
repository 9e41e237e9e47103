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

// officeXML and officeMedia are the relationships of a document of Office to what its reader shows (ISO/IEC 29500-1,
// by the last word of their types). All other parts are left out: comments, people, custom XML, embedded documents,
// properties, signatures, speaker's notes, printer settings, macros, and whatever a program made up.
var (
	officeXML = set(`officeDocument styles numbering settings theme themeOverride header footer footnotes endnotes chart
		chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors diagramDrawing drawing slide
		slideLayout slideMaster presProps tableStyles worksheet chartsheet sharedStrings`)
	// officeImplied are read though nothing in the part that has them refers to them by name.
	officeImplied = set(`officeDocument styles numbering settings theme themeOverride footnotes endnotes presProps
		tableStyles sharedStrings slideLayout slideMaster diagramDrawing`)
	officeMedia = set("image audio video media")
	officeLost  = map[string]trace.Trace{
		"core-properties": trace.Author, "extended-properties": trace.Author, "custom-properties": trace.Unnamed,
		"thumbnail": trace.Preview, "comments": trace.Comment, "commentsExtended": trace.Comment,
		"people": trace.Author, "commentAuthors": trace.Author, "customXml": trace.Unnamed, "package": trace.Attached,
		"oleObject": trace.Attached, "notesSlide": trace.Comment, "origin": trace.Author,
		"attachedTemplate": trace.Author, "vbaProject": trace.Unnamed, "threadedComment": trace.Comment,
		"person": trace.Author, "printerSettings": trace.Device, "hyperlink": trace.Unnamed,
		"vmlDrawing": trace.Comment, "tags": trace.Unnamed,
	}
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// part is one part on its way, found by following relationships from the document's root.
type officePart struct {
	name, now string            // in the file and in the copy
	kind      string            // last word of the relationship's type
	ids       map[string]string // ids of relationships that stay, and their new ones
	links     []officeLink
}

type officeLink struct {
	id, kind string // the type whole
	to       *officePart
}

// office writes a package again from the parts that can be reached by relationships that readers follow. Parts and
// relationships get new names, since the old ones are words of the maker's.
type officeCopy struct {
	*parts

	found  map[string]*officePart
	queue  []*officePart
	types  map[string]string // content type by part or "*.ext"
	hidden map[string]bool   // styles whose text is hidden
	main   string            // folder of the main part
	order  []*officePart     // in the copy
	made   []madePart
	notes  map[string]bool // footnotes and endnotes that the text refers to, as "footnote 2"
	texts  map[string]bool // shared strings that a cell shows, by their number
	even   bool            // left pages have headers of their own
}

// madePart is one part of the copy.
type madePart struct {
	name string
	data []byte
}

// officeMain is how the main part is called in its folder.
var officeMain = map[string]string{"word": "document.xml", "ppt": "presentation.xml", "xl": "workbook.xml"}

const officeRelations = "http://schemas.openxmlformats.org/package/2006/relationships"

func (p *parts) office() error {
	c := &officeCopy{
		parts: p, found: map[string]*officePart{}, hidden: map[string]bool{}, notes: map[string]bool{},
		texts: map[string]bool{},
	}
	if err := c.contentTypes(); err != nil {
		return err
	}
	root := &officePart{}
	if err := c.relations(root, func(kind string) bool { return kind == "officeDocument" }); err != nil {
		return err
	}
	if len(root.links) != 1 {
		return trace.ErrBroken
	}
	for i := 0; i < len(c.queue); i++ {
		if err := c.relations(c.queue[i], func(k string) bool { return officeXML[k] || officeMedia[k] }); err != nil {
			return err
		}
	}
	if err := c.hiddenStyles(); err != nil {
		return err
	}
	if err := c.cleanParts(root.links[0].to); err != nil {
		return err
	}
	if err := c.putTypes(); err != nil {
		return err
	}
	if err := c.put(relationsOf(""), relationsOfPart(root)); err != nil {
		return err
	}
	for _, m := range c.made {
		if err := c.put(m.name, m.data); err != nil {
			return err
		}
	}
	return nil
}

// cleanParts cleans the parts from the main one on: those that what was cleaned still refers to. Shared strings come
// last, when it is known which are shown.
func (c *officeCopy) cleanParts(main *officePart) error {
	seen := map[*officePart]bool{main: true}
	c.order = []*officePart{main}
	var late []*officePart
	for i := 0; i < len(c.order); i++ {
		p := c.order[i]
		if p.kind == "sharedStrings" && len(late) == 0 {
			late = append(late, p)
			continue
		}
		if err := c.putPart(p); err != nil {
			return err
		}
		for _, l := range p.links {
			if !seen[l.to] {
				seen[l.to] = true
				c.order = append(c.order, l.to)
			}
		}
	}
	for _, p := range late {
		if err := c.putPart(p); err != nil {
			return err
		}
	}
	return nil
}

func (c *officeCopy) contentTypes() error {
	n, err := c.tree(typesPart)
	if err != nil {
		return err
	}
	c.types = map[string]string{}
	for _, k := range n.Kids {
		switch k.Name.Local {
		case "Default":
			c.types["*."+strings.ToLower(k.Attr("Extension"))] = k.Attr("ContentType")
		case "Override":
			c.types[strings.ToLower(strings.TrimPrefix(k.Attr("PartName"), "/"))] = k.Attr("ContentType")
		}
	}
	return nil
}

// relations follows the relationships of a part; the root's name is empty.
func (c *officeCopy) relations(from *officePart, follow func(kind string) bool) error {
	from.ids = map[string]string{}
	rels := relationsOf(from.name)
	if !c.has(rels) {
		return nil
	}
	n, err := c.tree(rels)
	if err != nil {
		return err
	}
	unseen, err := c.unseen(from)
	if err != nil {
		return err
	}
	for _, k := range n.Kids {
		if k.Name.Local != "Relationship" {
			continue
		}
		if unseen[k.Attr("Id")] {
			c.Lost(trace.Unnamed)
			continue
		}
		whole := k.Attr("Type")
		kind := whole[strings.LastIndexAny(whole, "/#")+1:]
		target := k.Attr("Target")
		outside := strings.EqualFold(k.Attr("TargetMode"), "External")
		if t, known := officeLost[kind]; known {
			c.Lost(t)
		} else if !follow(kind) {
			c.Lost(trace.Unnamed)
		}
		if outside || !follow(kind) || !knownSpaces.MatchString(whole) {
			continue
		}
		name := strings.TrimPrefix(target, "/")
		if !strings.HasPrefix(target, "/") {
			name = path.Join(path.Dir(from.name), target)
		}
		if !c.has(name) || strings.EqualFold(path.Ext(name), ".svg") {
			continue // a missing picture, or one whose second form is shown
		}
		if kind == "slide" {
			if hidden, err := c.hiddenSlide(name); hidden || err != nil {
				if err != nil {
					return err
				}
				continue
			}
		}
		to := c.reach(name, kind)
		id := fmt.Sprintf("rId%d", len(from.links)+1)
		from.ids[k.Attr("Id")] = id
		from.links = append(from.links, officeLink{id, whole, to})
	}
	return nil
}

func relationsOf(name string) string {
	if name == "" { // the root
		return "_rels/.rels"
	}
	return path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")
}

// reach notes a part and names it.
func (c *officeCopy) reach(name, kind string) *officePart {
	key := strings.ToLower(name)
	if p := c.found[key]; p != nil {
		return p
	}
	ext := ".xml"
	if officeMedia[kind] {
		if ext = strings.ToLower(path.Ext(name)); !plainExt.MatchString(ext) {
			ext = ".bin"
		}
	}
	if kind == "officeDocument" {
		c.main = path.Dir(name)
		if officeMain[c.main] == "" {
			c.main = "word"
		}
		ext = ""
	}
	p := &officePart{name: name, kind: kind}
	switch { // what looks into documents by their usual names finds the main part and counts the pictures
	case ext == "":
		p.now = c.main + "/" + officeMain[c.main]
	case officeMedia[kind]:
		p.now = fmt.Sprintf("%s/media/p%d%s", c.main, len(c.queue)+1, ext)
	default:
		p.now = fmt.Sprintf("%s/p%d%s", c.main, len(c.queue)+1, ext)
	}
	c.found[key] = p
	c.queue = append(c.queue, p)
	return p
}

var (
	plainExt = regexp.MustCompile(
		`^\.(jpe?g|jfif|png|gif|tiff?|bmp|webp|emf|wmf|mp[34]|m4[av]|wav|wm[av]|avi|mov|mkv)$`,
	)
	plainType = regexp.MustCompile(
		`^(application/vnd\.(openxmlformats-officedocument|ms-)[-a-z.+A-Z0-9]{1,90}\+xml|` +
			`(image|audio|video)/[-a-z0-9.]{1,20})$`,
	)
)

func (c *officeCopy) putTypes() error {
	types := &xmltree.Node{Name: xml.Name{Local: "Types"}, Attrs: []xml.Attr{plain(
		"xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")}}
	add := func(name string, attrs ...xml.Attr) {
		types.Kids = append(types.Kids, &xmltree.Node{Name: xml.Name{Local: name}, Attrs: attrs})
	}
	add("Default", plain("Extension", "rels"),
		plain("ContentType", "application/vnd.openxmlformats-package.relationships+xml"))
	for _, p := range c.order {
		t := c.types[strings.ToLower(p.name)]
		if t == "" {
			t = c.types["*"+strings.ToLower(path.Ext(p.name))]
		}
		if t = strings.Replace(t, "macroEnabled.main", "main", 1); !plainType.MatchString(t) {
			t = "application/octet-stream"
		}
		add("Override", plain("PartName", "/"+p.now), plain("ContentType", t))
	}
	return c.put(typesPart, xmltree.Write(types))
}

func plain(name, value string) xml.Attr { return xml.Attr{Name: xml.Name{Local: name}, Value: value} }

// relationsOfPart writes the relationships of a part.
func relationsOfPart(p *officePart) []byte {
	rels := &xmltree.Node{Name: xml.Name{Local: "Relationships"}, Attrs: []xml.Attr{plain("xmlns", officeRelations)}}
	for _, l := range p.links {
		rels.Kids = append(rels.Kids, &xmltree.Node{Name: xml.Name{Local: "Relationship"}, Attrs: []xml.Attr{
			plain("Id", l.id), plain("Type", l.kind), plain("Target", "/"+l.to.now)}})
	}
	return xmltree.Write(rels)
}

func (c *officeCopy) putPart(p *officePart) error {
	if officeMedia[p.kind] {
		data, err := c.read(p.name)
		if err == nil {
			data, err = c.cleanWithin(data)
		}
		c.made = append(c.made, madePart{p.now, data})
		return err
	}
	n, err := c.tree(p.name)
	if err != nil {
		return err
	}
	r := &officeRules{
		officeCopy: c, part: p, spaces: map[string]string{"xml": "http://www.w3.org/XML/1998/namespace"},
		used: map[string]bool{},
	}
	knownPrefixes(n, r.spaces)
	r.prepare(n)
	kept := r.clean(n, "")
	if len(kept) != 1 || kept[0].Name.Local == "" {
		return trace.ErrBroken
	}
	p.links = slices.DeleteFunc(p.links, func(l officeLink) bool {
		return !r.used[l.id] && !officeImplied[l.to.kind]
	})
	c.made = append(c.made, madePart{p.now, xmltree.Write(kept[0])})
	if len(p.links) > 0 {
		c.made = append(c.made, madePart{relationsOf(p.now), relationsOfPart(p)})
	}
	return nil
}
