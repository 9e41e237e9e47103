package diploma

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"unicode/utf16"
)

// The PDF library writes characters beyond the basic plane as one number of five digits, where a reader expects two
// surrogates, and more pairs in a block than the format allows: names in rare characters would be drawn right, but
// found and copied wrong. fixUnicode writes those tables again.

var (
	objectHead = regexp.MustCompile(`^\d+ 0 obj\n`)
	pair       = regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}><([0-9A-F]{4,6})>\n`)
	errShape   = errors.New("the document has not the shape that its writer gives")
)

// fixUnicode returns the document with its tables from glyphs to characters repaired and a new cross-reference
// table.
func fixUnicode(doc []byte) ([]byte, error) {
	at := bytes.LastIndex(doc, []byte("startxref\n"))
	if at < 0 {
		return nil, errShape
	}
	end := bytes.IndexByte(doc[at+10:], '\n')
	if end < 0 {
		return nil, errShape
	}
	table, err := strconv.Atoi(string(doc[at+10 : at+10+end]))
	if err != nil || table <= 0 || table >= at {
		return nil, errShape
	}
	starts, trailer, err := readTable(doc[table:at])
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(doc))
	out.Write(doc[:starts[0]])
	offsets := make([]int, len(starts))
	for i, from := range starts {
		to := table
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		if from >= to || to > table || !objectHead.Match(doc[from:min(to, from+20)]) {
			return nil, errShape
		}
		offsets[i] = out.Len()
		mended, err := mendObject(doc[from:to])
		if err != nil {
			return nil, err
		}
		out.Write(mended)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	out.Write(trailer)
	fmt.Fprintf(&out, "startxref\n%d\n%%%%EOF\n", xref)
	return out.Bytes(), nil
}

// readTable returns where the objects start, which is their order too, and the trailer.
func readTable(table []byte) ([]int, []byte, error) {
	cut := bytes.Index(table, []byte("trailer\n"))
	if cut < 0 {
		return nil, nil, errShape
	}
	rows := bytes.Split(bytes.TrimSuffix(table[:cut], []byte("\n")), []byte("\n"))
	if len(rows) < 4 { // xref, how many, the free one, and at least one more
		return nil, nil, errShape
	}
	var starts []int
	for _, row := range rows[3:] {
		n, err := strconv.Atoi(string(row[:min(10, len(row))]))
		if err != nil {
			return nil, nil, errShape
		}
		starts = append(starts, n)
	}
	return starts, table[cut:], nil
}

// mendObject returns a table from glyphs to characters written again, any other object as it is.
func mendObject(object []byte) ([]byte, error) {
	if !bytes.Contains(object[:min(200, len(object))], []byte("/CIDInit")) {
		return object, nil
	}
	head := objectHead.Find(object)
	var cmap bytes.Buffer
	cmap.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	const most = 100 // pairs in a block, by the format
	pairs := pair.FindAllSubmatch(object, -1)
	for from := 0; from < len(pairs); from += most {
		block := pairs[from:min(from+most, len(pairs))]
		fmt.Fprintf(&cmap, "%d beginbfchar\n", len(block))
		for _, p := range block {
			char, err := strconv.ParseUint(string(p[2]), 16, 32)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&cmap, "<%s><", p[1])
			for _, u := range utf16.AppendRune(nil, rune(char)) {
				fmt.Fprintf(&cmap, "%04X", u)
			}
			cmap.WriteString(">\n")
		}
		cmap.WriteString("endbfchar\n")
	}
	cmap.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(cmap.Bytes()); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	out := fmt.Appendf(nil, "%s<<\n/Length %d\n/Filter /FlateDecode\n>>\nstream\n", head, packed.Len())
	out = append(out, packed.Bytes()...)
	return append(out, "\nendstream\nendobj\n\n"...), nil
}
