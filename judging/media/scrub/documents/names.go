package documents

import (
	"encoding/xml"
	"hash/fnv"
	"regexp"
	"strconv"

	"fayi/judging/media/internal/xmltree"
)

// knownSpaces are the namespaces of office documents; what is in another one is something that no reader shows.
var knownSpaces = regexp.MustCompile(
	`^(http://schemas\.(openxmlformats\.org|microsoft\.com)/|http://purl\.(oclc\.org/ooxml/|org/dc/)|` +
		`urn:schemas-microsoft-com:|http://www\.w3\.org/|urn:oasis:names:tc:opendocument:xmlns:|` +
		`http://openoffice\.org/2|http://openoffice\.org/20|http://docs\.oasis-open\.org/|` +
		`urn:org:documentfoundation:names:experimental:)[-A-Za-z0-9./:_#]{0,80}$`)

// knownPrefixes lists the prefixes that n and what is below bind, with the namespaces of those that are known; one
// that is bound to something else anywhere is "".
func knownPrefixes(n *xmltree.Node, found map[string]string) {
	for _, a := range n.Attrs {
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
	for _, k := range n.Kids {
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

// name is one of an element.
func name(space, local string) xml.Name { return xml.Name{Space: space, Local: local} }
