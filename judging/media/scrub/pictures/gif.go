package pictures

import (
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"io"

	"fayi/judging/media/trace"
)

// GIF keeps pictures and their times; of applications' blocks only the number of repetitions.
func GIF(j *trace.Job) error {
	const maxGIF = 256 << 20
	data, err := j.Whole(maxGIF)
	if err != nil {
		return err
	}
	if len(data) < 13 {
		return trace.ErrBroken
	}
	g := &gifCopy{Job: j, data: data}
	at := 13
	if data[10]&0x80 != 0 {
		at += 3 << (data[10]&7 + 1)
	}
	if at > len(data) {
		return trace.ErrBroken
	}
	if err := j.Write(data[:at]); err != nil {
		return err
	}
	return g.blocks(at)
}

// Bytes of the extensions that are kept.
const gifControl, gifRepeats = 8, 19

type gifCopy struct {
	*trace.Job

	data     []byte
	unpacked int64 // bytes of pixels
}

func (g *gifCopy) blocks(at int) error {
	const extension, picture, trailer = 0x21, 0x2C, 0x3B
	pictures := 0
	for {
		if at >= len(g.data) {
			if pictures > 0 { // the end is missing in many files; viewers do not mind
				return g.Write([]byte{trailer})
			}
			return trace.ErrBroken
		}
		start := at
		keep := true
		switch g.data[at] {
		case trailer:
			if at+1 < len(g.data) {
				g.Lost(trace.Unnamed)
			}
			return g.Write([]byte{trailer})
		case picture:
			if at+10 > len(g.data) {
				return trace.ErrBroken
			}
			pictures++
			colours := 0
			if f := g.data[at+9]; f&0x80 != 0 {
				colours = 3 << (f&7 + 1)
			}
			pixels := at + 10 + colours
			if at = g.skip(pixels + 1); at > 0 && pixels+1 < len(g.data) {
				if err := g.pixels(start, pixels, at); err != nil {
					return err
				}
				continue
			}
		case extension:
			keep = g.keeps(at)
			at = g.skip(at + 2)
			// how long a picture stays, and how often a moving one repeats, have one length each
			if n := at - start; keep && n != gifControl && n != gifRepeats && at > 0 {
				keep = false
				g.Lost(trace.Unnamed)
			}
		default:
			return trace.ErrBroken
		}
		if at < 0 {
			return trace.ErrBroken
		}
		if keep {
			if err := g.Write(g.data[start:at]); err != nil {
				return err
			}
		}
	}
}

// pixels writes a picture that begins at start, whose packed pixels lie in sub-blocks behind from and before end,
// without what stands in them behind the pixels.
func (g *gifCopy) pixels(start, from, end int) error {
	var packed []byte
	for at := from + 1; g.data[at] != 0; {
		n := int(g.data[at])
		packed = append(packed, g.data[at+1:at+1+n]...)
		at += 1 + n
	}
	in := bytes.NewReader(packed)
	width := int(g.data[from])
	if width < 2 || width > 8 {
		return g.Write(g.data[start:end])
	}
	pixels := int64(binary.LittleEndian.Uint16(g.data[start+5:])) * int64(binary.LittleEndian.Uint16(g.data[start+7:]))
	r := lzw.NewReader(in, lzw.LSB, width)
	defer r.Close()
	got, err := io.Copy(io.Discard, io.LimitReader(patient{g.Ctx, r}, min(pixels+1, mostUnpacked-g.unpacked)))
	g.unpacked += got
	switch {
	case g.Ctx.Err() != nil:
		return g.Ctx.Err()
	case got <= pixels && g.unpacked >= mostUnpacked: // too much to look at
		g.Left[trace.Unnamed] = true
		return g.Write(g.data[start:end])
	case got > pixels:
		packed, err = packedAgain(packed, width, pixels)
		if err != nil {
			return err
		}
		in.Reset(nil)
	case in.Len() == 0 || err != nil && got < pixels:
		return g.Write(g.data[start:end]) // nothing is left over, or nobody knows
	}
	g.Lost(trace.Unnamed)
	if err := g.Write(g.data[start : from+1]); err != nil {
		return err
	}
	const most = 255
	for used := packed[:len(packed)-in.Len()]; len(used) > 0; {
		n := min(len(used), most)
		if err := g.Write([]byte{byte(n)}, used[:n]); err != nil {
			return err
		}
		used = used[n:]
	}
	return g.Write([]byte{0})
}

// packedAgain packs the first pixels of what was packed.
func packedAgain(packed []byte, width int, pixels int64) ([]byte, error) {
	var out bytes.Buffer
	w := lzw.NewWriter(&out, lzw.LSB, width)
	r := lzw.NewReader(bytes.NewReader(packed), lzw.LSB, width)
	defer r.Close()
	if _, err := io.CopyN(w, r, pixels); err != nil {
		return nil, trace.ErrBroken
	}
	if err := w.Close(); err != nil {
		return nil, trace.ErrBroken
	}
	return out.Bytes(), nil
}

// keeps judges an extension: times of pictures stay, and how often a moving one repeats.
func (g *gifCopy) keeps(at int) bool {
	const control, comment, application = 0xF9, 0xFE, 0xFF
	if at+14 > len(g.data) {
		return at+1 < len(g.data) && g.data[at+1] == control
	}
	switch g.data[at+1] {
	case control:
		return true
	case application:
		if name := string(g.data[at+3 : at+14]); name == "NETSCAPE2.0" || name == "ANIMEXTS1.0" {
			return true
		}
		g.Lost(trace.Unnamed)
	case comment:
		g.Lost(trace.Comment)
	default:
		g.Lost(trace.Unnamed)
	}
	return false
}

// skip returns where a run of sub-blocks that begins at at ends, -1 when it does not.
func (g *gifCopy) skip(at int) int {
	for at < len(g.data) {
		n := int(g.data[at])
		at += n + 1
		if n == 0 && at <= len(g.data) {
			return at
		}
	}
	return -1
}
