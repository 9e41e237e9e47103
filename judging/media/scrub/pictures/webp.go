package pictures

import (
	"bytes"
	"encoding/binary"

	"fayi/judging/media/trace"
)

// WebP keeps the chunks that make the picture (RFC 9649) and, in Exif data, how it is held.
func WebP(j *trace.Job) error {
	const maxWebP, exifFlag, xmpFlag = 256 << 20, 8, 4
	data, err := j.Whole(maxWebP)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	pictures := 0
	flags, held := -1, byte(0) // where the flags stand in out, and whether how it is held does
	if end := 8 + int64(binary.LittleEndian.Uint32(data[4:8])); end >= 12 && end < int64(len(data)) {
		data = data[:end] // what follows is not the picture's
		j.Lost(trace.Unnamed)
	}
	for at := 12; at+8 <= len(data); {
		kind, n := string(data[at:at+4]), int(binary.LittleEndian.Uint32(data[at+4:]))
		if n > len(data)-at-8 {
			return trace.ErrBroken
		}
		body := data[at+8 : at+8+n]
		switch kind {
		case "ICCP":
			if clean := CleanICC(body); clean != nil {
				j.Lost(trace.Device)
				appendChunk(&out, kind, clean)
			} else {
				j.Lost(trace.Unnamed)
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
			j.Lost(x.traces...)
			if x.orientation != 1 && flags >= 0 {
				appendChunk(&out, kind, plainExif(x.orientation))
				held = exifFlag
			}
		default:
			j.Lost(trace.Unnamed)
		}
		at += 8 + n + n&1
	}
	if pictures == 0 {
		return trace.ErrBroken
	}
	if flags >= 0 {
		out.Bytes()[flags] = out.Bytes()[flags]&^(exifFlag|xmpFlag) | held
	}
	size := binary.LittleEndian.AppendUint32(nil, uint32(out.Len()+4))
	return j.Write([]byte("RIFF"), size, []byte("WEBP"), out.Bytes())
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
