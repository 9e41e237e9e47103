package scrub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"hash/fnv"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// What the XML of one part may be, since it is held as a tree.
const (
	maxXMLBytes = 24 << 20
	maxXMLNodes = 400_000
	maxXMLDepth = 200
)

// node is an element of a document, or a run of text, which has no name. Names keep the prefix that the file has for
// them: Space is the prefix.
type node struct {
	name  xml.Name
	attrs []xml.Attr
	kids  []*node
	text  string
}

func (n *node) attr(local string) string {
	for _, a := range n.attrs {
		if a.Name.Local == local && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

func (n *node) child(local string) *node {
	for _, k := range n.kids {
		if k.name.Local == local {
			return k
		}
	}
	return nil
}

// words returns all text below n.
func (n *node) words() string {
	var b strings.Builder
	var walk func(*node)
	walk = func(n *node) {
		b.WriteString(n.text)
		for _, k := range n.kids {
			walk(k)
		}
	}
	walk(n)
	return b.String()
}

// readXML reads a part as a tree. Comments, instructions and document types are not in it.
func readXML(data []byte) (*node, error) {
	if len(data) > maxXMLBytes {
		return nil, tooBig(maxXMLBytes)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &node{}
	open, count := []*node{root}, 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(errBroken, err)
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if count++; count > maxXMLNodes || len(open) > maxXMLDepth {
				return nil, tooBig(maxXMLBytes)
			}
			n := &node{name: t.Name, attrs: t.Attr}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			if len(open) < 2 || top.name != t.Name {
				return nil, errBroken
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				if count++; count > maxXMLNodes {
					return nil, tooBig(maxXMLBytes)
				}
				top.kids = append(top.kids, &node{text: string(t)})
			}
		}
	}
	if len(open) != 1 || len(root.kids) != 1 {
		return nil, errBroken
	}
	return root.kids[0], nil
}

var (
	inText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	inAttr = strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#xA;", "\r", "&#xD;", "\t", "&#x9;",
	)
)

// writeXML returns the part that a tree stands for.
func writeXML(n *node) []byte {
	b := bytes.NewBufferString(xml.Header)
	writeNode(b, n)
	return b.Bytes()
}

func writeNode(b *bytes.Buffer, n *node) {
	if n.name.Local == "" {
		inText.WriteString(b, n.text)
		return
	}
	b.WriteString("<" + fullName(n.name))
	for _, a := range n.attrs {
		b.WriteString(" " + fullName(a.Name) + `="`)
		inAttr.WriteString(b, a.Value)
		b.WriteByte('"')
	}
	if len(n.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, k := range n.kids {
		writeNode(b, k)
	}
	b.WriteString("</" + fullName(n.name) + ">")
}

func fullName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// knownSpaces are the namespaces of office documents; what is in another one is something that no reader shows.
var knownSpaces = regexp.MustCompile(
	`^(http://schemas\.(openxmlformats\.org|microsoft\.com)/|http://purl\.(oclc\.org/ooxml/|org/dc/)|` +
		`urn:schemas-microsoft-com:|http://www\.w3\.org/|urn:oasis:names:tc:opendocument:xmlns:|` +
		`http://openoffice\.org/2|http://openoffice\.org/20|http://docs\.oasis-open\.org/|` +
		`urn:org:documentfoundation:names:experimental:)[-A-Za-z0-9./:_#]{0,80}$`)

// knownPrefixes lists the prefixes that n and what is below bind, with the namespaces of those that are known; one
// that is bound to something else anywhere is "".
func knownPrefixes(n *node, found map[string]string) {
	for _, a := range n.attrs {
		prefix, binds := "", a.Name.Space == "" && a.Name.Local == "xmlns"
		if a.Name.Space == "xmlns" {
			prefix, binds = a.Name.Local, true
		}
		if binds && !knownSpaces.MatchString(a.Value) {
			found[prefix] = ""
		} else if _, there := found[prefix]; binds && !there {
			found[prefix] = a.Value
		}
	}
	for _, k := range n.kids {
		knownPrefixes(k, found)
	}
}

// alias is what stands in place of a name that the maker chose, the same for the same name in all parts of a
// document, so that references still hold.
func alias(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	return "n" + strconv.FormatUint(uint64(h.Sum32()), 36)
}
