package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"fayi/judging/media/trace"
)

// What the XML of one part may be, since it is held as a tree.
const (
	MaxBytes = 24 << 20 // of its text
	maxNodes = 400_000
	maxDepth = 200
)

// Node is an element of a document, or a run of text, which has no name. Names keep the prefix that the file has for
// them: Space is the prefix.
type Node struct {
	Name  xml.Name
	Attrs []xml.Attr
	Kids  []*Node
	Text  string
}

// Attr returns the value of an attribute, "" where there is none.
func (n *Node) Attr(local string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == local && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}

// Child returns the first element of a name right below n, nil where there is none.
func (n *Node) Child(local string) *Node {
	for _, k := range n.Kids {
		if k.Name.Local == local {
			return k
		}
	}
	return nil
}

// Words returns all text below n.
func (n *Node) Words() string {
	var b strings.Builder
	var walk func(*Node)
	walk = func(n *Node) {
		b.WriteString(n.Text)
		for _, k := range n.Kids {
			walk(k)
		}
	}
	walk(n)
	return b.String()
}

// Read reads a part as a tree. Comments, instructions and document types are not in it.
func Read(data []byte) (*Node, error) {
	if len(data) > MaxBytes {
		return nil, trace.TooBig(MaxBytes)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	root := &Node{}
	open, count := []*Node{root}, 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.Join(trace.ErrBroken, err)
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if count++; count > maxNodes || len(open) > maxDepth {
				return nil, trace.TooBig(MaxBytes)
			}
			n := &Node{Name: t.Name, Attrs: t.Attr}
			top.Kids = append(top.Kids, n)
			open = append(open, n)
		case xml.EndElement:
			if len(open) < 2 || top.Name != t.Name {
				return nil, trace.ErrBroken
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				if count++; count > maxNodes {
					return nil, trace.TooBig(MaxBytes)
				}
				top.Kids = append(top.Kids, &Node{Text: string(t)})
			}
		}
	}
	if len(open) != 1 || len(root.Kids) != 1 {
		return nil, trace.ErrBroken
	}
	return root.Kids[0], nil
}

var (
	inText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	inAttr = strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#xA;", "\r", "&#xD;", "\t", "&#x9;",
	)
)

// Write returns the part that a tree stands for.
func Write(n *Node) []byte {
	b := bytes.NewBufferString(xml.Header)
	writeNode(b, n)
	return b.Bytes()
}

func writeNode(b *bytes.Buffer, n *Node) {
	if n.Name.Local == "" {
		inText.WriteString(b, n.Text)
		return
	}
	b.WriteString("<" + fullName(n.Name))
	for _, a := range n.Attrs {
		b.WriteString(" " + fullName(a.Name) + `="`)
		inAttr.WriteString(b, a.Value)
		b.WriteByte('"')
	}
	if len(n.Kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, k := range n.Kids {
		writeNode(b, k)
	}
	b.WriteString("</" + fullName(n.Name) + ">")
}

func fullName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// IsPart reports whether a part is XML by its name.
func IsPart(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".xml" || ext == ".rels"
}
