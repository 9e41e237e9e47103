package pictures

import (
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

type gifCopy struct {
	*trace.Job
	data []byte
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
			at = g.skip(at + 10 + colours + 1)
		case extension:
			keep = g.keeps(at)
			at = g.skip(at + 2)
			if keep && at > start+19 { // longer than how often it repeats, or how long a picture stays
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
