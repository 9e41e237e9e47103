package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"

	"fayi/judging/media/scrub/pictures"
	"fayi/judging/media/trace"
)

// isString tells strings from numbers, names and words.
func (t token) isString() bool { return len(t) > 0 && (t[0] == '(' || t[0] == '<') }

// isIndexed tells a colour space whose colours are a string.
func (l list) isIndexed() bool {
	if len(l) == 0 {
		return false
	}
	t, ok := l[0].(token)
	return ok && (string(t) == "/Indexed" || string(t) == "/I")
}

// withoutStrings returns a copy without the strings that drawing does not need.
func (d dict) withoutStrings() dict {
	return slices.DeleteFunc(slices.Clone(d), func(e entry) bool {
		t, ok := e.value.(token)
		return ok && t.isString() && !slices.Contains(drawnKeys, e.key)
	})
}

// only returns a copy with the entries of these keys.
func only(d dict, keys []string) dict {
	return slices.DeleteFunc(slices.Clone(d), func(e entry) bool { return !slices.Contains(keys, e.key) })
}

// plainFilter returns a dictionary of a stream that has one filter, or none.
func plainFilter(d dict, filter string) dict {
	d = d.without("Filter", "F", "DecodeParms", "DP", "FFilter", "FDecodeParms", "DL")
	if filter == "" {
		return d
	}
	return d.with("Filter", token(filter))
}

// cleanStream takes out of a stream what does not draw. Legal spellings of its filters are one: a name, a list, a
// chain, an abbreviation, a reference.
func (w *rewriter) cleanStream(key string, s *stream) (*stream, error) {
	_, pattern := s.dict.get("PatternType").(token)
	if oc := s.dict.get("OC"); oc != nil && w.isOff(oc) {
		return w.unseen(s), nil
	}
	switch {
	case s.dict.is("Type", "Metadata"):
		return &stream{s.dict, nil}, nil
	case s.dict.is("Subtype", "Image"):
		return w.cleanImage(s)
	case s.dict.is("Subtype", "Form"), key == drawnLetters, pattern && s.dict.get("PaintType") != nil:
		return w.cleanDrawing(s)
	}
	data, rest, err := w.in.unpack(s)
	if err != nil || len(rest) > 0 {
		return s, nil // packed in a way that no other kind of stream is looked into for
	}
	switch {
	case s.dict.get("N") != nil && s.dict.get("Type") == nil:
		if clean := pictures.CleanICC(data); clean != nil {
			w.removed[trace.Device] = w.removed[trace.Device] || !bytes.Equal(clean, data)
			return &stream{plainFilter(s.dict, "/FlateDecode"), deflated(clean)}, nil
		}
	case key == "ToUnicode", s.dict.get("CMapName") != nil, s.dict.get("FunctionType") != nil &&
		bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")):
		d := plainFilter(s.dict, "/FlateDecode")
		if d.get("CMapName") != nil {
			d = d.with("CMapName", token("/C"))
		}
		return &stream{d, deflated(mapName.ReplaceAll(withoutRemarks(data), []byte("/CMapName /C ")))}, nil
	}
	return s, nil
}

// mapName is how a map of characters is called in itself.
var mapName = regexp.MustCompile(`/CMapName\s*/[^\s/\[\]<>()]*`)

// unseen returns what stands in place of a picture or a form that no reader shows.
func (w *rewriter) unseen(s *stream) *stream {
	w.removed[trace.Unnamed] = true
	if s.dict.is("Subtype", "Image") {
		return &stream{dict{
			{"Type", token("/XObject")}, {"Subtype", token("/Image")}, {"Width", token("1")}, {"Height", token("1")},
			{"ImageMask", token("true")}, {"Decode", list{token("1"), token("0")}},
		}, []byte{0}}
	}
	return &stream{plainFilter(s.dict, "").without("Resources"), []byte{}}
}

// resourcesOf returns what the names in a page's content mean, which may stand in the pages above it.
func (w *rewriter) resourcesOf(page dict) dict {
	for range 50 {
		if r := page.get("Resources"); r != nil {
			d, _ := w.in.resolve(r).(dict)
			return d
		}
		above, ok := w.in.resolve(page.get("Parent")).(dict)
		if !ok {
			break
		}
		page = above
	}
	return nil
}

// cleanImage cleans a photograph; all other pictures are pixels, which stay as they are.
func (w *rewriter) cleanImage(s *stream) (*stream, error) {
	data, rest, err := w.in.unpack(s)
	if err != nil {
		w.left[trace.Attached] = true
		return s, nil
	}
	if len(rest) != 1 {
		return s, nil
	}
	switch rest[0] {
	case "dct":
		parms := s.dict.get("DecodeParms")
		if clean := w.photograph(data); clean != nil {
			s = &stream{plainFilter(s.dict, "/DCTDecode"), clean}
			if d, ok := w.in.resolve(parms).(dict); ok { // how its colours are meant
				s.dict = s.dict.with("DecodeParms", d)
			}
		}
	case "jpx":
		if clean := cleanJPX(data); clean != nil {
			w.removed[trace.Unnamed] = w.removed[trace.Unnamed] || len(clean) != len(data)
			s = &stream{plainFilter(s.dict, "/JPXDecode"), clean}
		} else {
			w.left[trace.Attached] = true
		}
	}
	return s, w.ctx.Err()
}

// cleanDrawing cleans the operators of a form, a pattern or a letter.
func (w *rewriter) cleanDrawing(s *stream) (*stream, error) {
	data, rest, err := w.in.unpack(s)
	if err == nil && len(rest) > 0 {
		err = errSyntax
	}
	if err == nil {
		resources, _ := w.in.resolve(s.dict.get("Resources")).(dict)
		data, err = w.cleanContent(data, resources)
	}
	if err != nil {
		return nil, err
	}
	return &stream{plainFilter(s.dict, "/FlateDecode"), deflated(data)}, nil
}

// page writes a page whose contents are one stream, cleaned.
func (w *rewriter) page(d dict) error {
	var all []byte
	contents := w.in.resolve(d.get("Contents"))
	streams, isList := contents.(list)
	if !isList {
		streams = list{d.get("Contents")}
	}
	for _, e := range streams {
		r, ok := e.(ref)
		if !ok {
			continue
		}
		v, err := w.in.object(r)
		if err != nil {
			return err
		}
		s, ok := v.(*stream)
		if !ok {
			continue
		}
		data, rest, err := w.in.unpack(s)
		if err != nil || len(rest) > 0 || len(all)+len(data) > maxStream {
			return errSyntax
		}
		all = append(append(all, data...), '\n')
	}
	clean, err := w.cleanContent(all, w.resourcesOf(d))
	if err != nil {
		return err
	}
	n := len(w.numbers) + 1
	w.numbers[ref(-n)] = n // no number of the document's own
	if err := w.write("Page", d.with("Contents", ref(-n))); err != nil {
		return err
	}
	w.out.WriteString("\nendobj\n")
	w.begin(n)
	packed := deflated(clean)
	fmt.Fprintf(&w.out, "<</Filter/FlateDecode/Length %d>>\nstream\n", len(packed))
	w.out.Write(packed)
	w.out.WriteString("\nendstream")
	return nil
}

// withoutRemarks drops the remarks of a program in PostScript, as fonts and functions hold it.
func withoutRemarks(data []byte) []byte {
	out := make([]byte, 0, len(data))
	depth := 0
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == '\\' && depth > 0:
			i++
			continue
		case c == '(':
			if depth++; depth == 1 {
				out = append(out, '(')
			}
			continue
		case c == ')' && depth > 0:
			if depth--; depth == 0 {
				out = append(out, ')')
			}
			continue
		case depth > 0:
			if key := bytes.TrimSpace(out[max(0, len(out)-40):]); bytes.Contains(key, []byte("/Registry")) ||
				bytes.Contains(key, []byte("/Ordering")) {
				out = append(out, c)
			}
			continue
		case c == '%':
			for i < len(data) && data[i] != '\n' && data[i] != '\r' {
				i++
			}
			out = append(out, '\n')
			continue
		}
		out = append(out, data[i])
	}
	return out
}
