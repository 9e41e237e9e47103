package recordings

import (
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fayi/judging/media/trace"
)

// riffKept are the chunks of sound and film that players need, with how many bytes they have at most where that is
// fixed; riffLists are the lists that hold such chunks.
var (
	riffKept = map[string]int64{
		"fmt ": -1, "fact": 4, "data": -1, "avih": 56, "strh": 64, "strf": -1, "indx": -1, "vprp": -1, "idx1": -1,
		"dmlh": 4, "slnt": 4,
	}
	riffLists  = []string{"hdrl", "strl", "odml", "wavl", "movi", "rec "}
	riffFrames = regexp.MustCompile(`^([0-9A-Fa-f]{2}(dc|db|wb|pc|iv)|ix[0-9A-Fa-f]{2})$`)
)

// RIFF blanks all other chunks in place and calls them JUNK, since films point into themselves.
func RIFF(j *trace.Job) error {
	r := &riffCopy{Job: j}
	for at, part := int64(0), 0; at+12 <= j.Size; part++ {
		h, err := j.BytesAt(at, 12)
		if err != nil {
			return err
		}
		if string(h[:4]) != "RIFF" || part > 1000 {
			r.patches = append(r.patches, trace.Patch{At: at, Size: j.Size - at})
			j.Lost(trace.Unnamed)
			return j.CopyPatched(r.patches)
		}
		end := min(at+8+int64(binary.LittleEndian.Uint32(h[4:])), j.Size)
		if binary.LittleEndian.Uint32(h[4:]) == 0 || end < at+12 {
			end = j.Size // a recorder that was stopped hard left no size
		}
		if err := r.chunks(at+12, end, "", 0); err != nil {
			return err
		}
		if next := end + end&1; next < j.Size {
			at = next
		} else {
			at = j.Size
		}
		if left := j.Size - at; left > 0 && left < 12 {
			r.blank(at, j.Size)
		}
	}
	return j.CopyPatched(r.patches)
}

type riffCopy struct {
	*trace.Job

	patches []trace.Patch
	count   int
	streams []bool // of a film, whether each is picture or sound
	sound   bool   // the sound was met
}

func (r *riffCopy) blank(from, to int64) {
	if to > from {
		r.patches = append(r.patches, trace.Patch{At: from, Size: to - from})
	}
}

func (r *riffCopy) chunks(at, end int64, within string, depth int) error {
	const most = 20_000_000
	for at+8 <= end {
		if r.count++; r.count > most || depth > 4 {
			return trace.ErrBroken
		}
		if err := r.Ctx.Err(); err != nil {
			return err
		}
		h, err := r.BytesAt(at, int(min(12, end-at)))
		if err != nil {
			return err
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
		case slices.Contains(riffLists, list):
			err = r.chunks(body+4, body+size, list, depth+1)
		case within == "movi" || within == "rec ":
			r.frame(kind, at, size)
		default:
			err = r.chunk(kind, list, at, size)
		}
		if err != nil {
			return err
		}
		if at = body + size; size&1 == 1 && at < end {
			r.blank(at, at+1)
			at++
		}
	}
	r.blank(at, end)
	return nil
}

// frame blanks what stands among the frames of a film and is neither picture nor sound.
func (r *riffCopy) frame(kind string, at, size int64) {
	if riffFrames.MatchString(kind) {
		n, err := strconv.ParseUint(strings.TrimPrefix(kind, "ix")[:2], 16, 8)
		if err == nil && (int(n) >= len(r.streams) || r.streams[n]) {
			return
		}
		r.Lost(trace.Title)
		r.blank(at+8, at+8+size)
		return
	}
	if kind != "JUNK" {
		r.Lost(trace.Unnamed)
	}
	r.junk(at, size)
}

func (r *riffCopy) junk(at, size int64) {
	r.patches = append(r.patches,
		trace.Patch{At: at, Size: 4, With: []byte("JUNK")}, trace.Patch{At: at + 8, Size: size})
}

// chunk keeps a chunk that players need, as long as it may be, and blanks any other.
func (r *riffCopy) chunk(kind, list string, at, size int64) error {
	most, keep := riffKept[kind]
	if kind == "data" {
		keep, r.sound = !r.sound, true // players play the first
	}
	if !keep {
		if kind != "JUNK" {
			r.Lost(riffTrace(kind, list))
		}
		r.junk(at, size)
		return nil
	}
	switch kind {
	case "fmt ":
		const plain, extended = 16, 18
		h, err := r.BytesAt(at+8, int(min(size, extended)))
		if err != nil {
			return err
		}
		if most = plain; len(h) == extended && binary.LittleEndian.Uint16(h) != 1 {
			most = extended + int64(binary.LittleEndian.Uint16(h[plain:]))
		}
	case "strh":
		h, err := r.BytesAt(at+8, int(min(size, 4)))
		if err != nil {
			return err
		}
		r.streams = append(r.streams, slices.Contains([]string{"vids", "auds"}, string(h)))
	case "strf":
		if n := len(r.streams); n > 0 && !r.streams[n-1] {
			most = 0
		}
	}
	if most >= 0 && size > most {
		r.Lost(trace.Unnamed)
		r.blank(at+8+most, at+8+size)
	}
	return nil
}

func riffTrace(kind, list string) trace.Trace {
	switch {
	case list == "INFO":
		return trace.Author
	case kind == "IDIT":
		return trace.Date
	case kind == "bext":
		return trace.History
	case kind == "strn":
		return trace.Title
	}
	return trace.Unnamed
}
