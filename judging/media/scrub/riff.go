package scrub

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// cleanWebP keeps the chunks that make the picture (RFC 9649) and, in Exif data, how it is held.
func cleanWebP(j *job) error {
	const maxWebP, exifFlag, xmpFlag = 256 << 20, 8, 4
	data, err := j.whole(maxWebP)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	pictures := 0
	flags, held := -1, byte(0) // where the flags stand in out, and whether how it is held does
	if end := 8 + int64(binary.LittleEndian.Uint32(data[4:8])); end >= 12 && end < int64(len(data)) {
		data = data[:end] // what follows is not the picture's
		j.lost(Unnamed)
	}
	for at := 12; at+8 <= len(data); {
		kind, n := string(data[at:at+4]), int(binary.LittleEndian.Uint32(data[at+4:]))
		if n > len(data)-at-8 {
			return errBroken
		}
		body := data[at+8 : at+8+n]
		switch kind {
		case "ICCP":
			if clean := CleanICC(body); clean != nil {
				j.lost(Device)
				appendChunk(&out, kind, clean)
			} else {
				j.lost(Unnamed)
			}
		case "VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF":
			if kind == "ANMF" {
				body = webpFrame(body)
			}
			if kind == "VP8 " || kind == "VP8L" || kind == "ANMF" {
				pictures++
			}
			if kind == "VP8X" && n >= 10 && flags < 0 {
				flags = out.Len() + 8
			}
			appendChunk(&out, kind, body)
		case "EXIF":
			x := readExif(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
			j.lost(x.traces...)
			if x.orientation != 1 && flags >= 0 {
				appendChunk(&out, kind, plainExif(x.orientation))
				held = exifFlag
			}
		default:
			j.lost(Unnamed)
		}
		at += 8 + n + n&1
	}
	if pictures == 0 {
		return errBroken
	}
	if flags >= 0 {
		out.Bytes()[flags] = out.Bytes()[flags]&^(exifFlag|xmpFlag) | held
	}
	size := binary.LittleEndian.AppendUint32(nil, uint32(out.Len()+4))
	return j.write([]byte("RIFF"), size, []byte("WEBP"), out.Bytes())
}

// webpFrame keeps of a frame of a moving picture its place, its transparency and its pixels.
func webpFrame(body []byte) []byte {
	const place = 16
	if len(body) < place {
		return body
	}
	out := bytes.NewBuffer(bytes.Clone(body[:place]))
	for rest := body[place:]; len(rest) >= 8; {
		n := int64(binary.LittleEndian.Uint32(rest[4:]))
		if n > int64(len(rest)-8) {
			break
		}
		switch kind := string(rest[:4]); kind {
		case "ALPH", "VP8 ", "VP8L":
			appendChunk(out, kind, rest[8:8+n])
		}
		rest = rest[min(8+n+n&1, int64(len(rest))):]
	}
	return out.Bytes()
}

func appendChunk(out *bytes.Buffer, kind string, body []byte) {
	out.WriteString(kind)
	out.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(body))))
	out.Write(body)
	if len(body)%2 == 1 {
		out.WriteByte(0)
	}
}

// riffKept are the chunks of sound and film that players need; riffLists are the lists that hold such chunks.
var (
	riffKept = []string{"fmt ", "fact", "data", "avih", "strh", "strf", "indx", "vprp", "idx1", "dmlh", "slnt", "JUNK"}
	riffWalk = []string{"hdrl", "strl", "odml"}
	riffPass = []string{"movi", "wavl", "rec "}
)

// cleanRIFF blanks all other chunks in place and calls them JUNK, since films point into themselves.
func cleanRIFF(j *job) error {
	var patches []patch
	for at, part := int64(0), 0; at+12 <= j.size; part++ {
		h, err := j.bytesAt(at, 12)
		if err != nil {
			return err
		}
		if string(h[:4]) != "RIFF" || part > 1000 {
			patches = append(patches, patch{at: at, size: j.size - at})
			j.lost(Unnamed)
			break
		}
		end := min(at+8+int64(binary.LittleEndian.Uint32(h[4:])), j.size)
		if binary.LittleEndian.Uint32(h[4:]) == 0 || end < at+12 {
			end = j.size // a recorder that was stopped hard left no size
		}
		more, err := j.riffChunks(at+12, end, 0)
		if err != nil {
			return err
		}
		patches = append(patches, more...)
		at = end + end&1
	}
	return j.copyPatched(patches)
}

func (j *job) riffChunks(at, end int64, depth int) (patches []patch, err error) {
	for n := 0; at+8 <= end; n++ {
		if n > 10_000 || depth > 4 {
			return nil, errBroken
		}
		h, err := j.bytesAt(at, int(min(12, end-at)))
		if err != nil {
			return nil, err
		}
		kind, size := string(h[:4]), int64(binary.LittleEndian.Uint32(h[4:]))
		if kind == "data" && (size == 0 || size == 1<<32-1) || size > end-at-8 {
			size = end - at - 8 // cut, or recorded without a size
		}
		body := at + 8
		list := ""
		if kind == "LIST" && len(h) == 12 {
			list = string(h[8:12])
		}
		switch {
		case slices.Contains(riffWalk, list):
			more, err := j.riffChunks(body+4, body+size, depth+1)
			if err != nil {
				return nil, err
			}
			patches = append(patches, more...)
		case slices.Contains(riffPass, list), slices.Contains(riffKept, kind) && kind != "JUNK":
		default:
			patches = append(patches, patch{at: at, size: 4, with: []byte("JUNK")}, patch{at: body, size: size})
			if kind != "JUNK" {
				j.lost(riffTrace(kind, list))
			}
		}
		at = body + size + size&1
	}
	return patches, nil
}

func riffTrace(kind, list string) Trace {
	switch {
	case list == "INFO":
		return Author
	case kind == "IDIT":
		return Date
	case kind == "bext":
		return History
	case kind == "strn":
		return Title
	}
	return Unnamed
}
