package recordings

import (
	"encoding/binary"
	"slices"

	"fayi/judging/media/trace"
)

// riffKept are the chunks of sound and film that players need; riffLists are the lists that hold such chunks.
var (
	riffKept = []string{"fmt ", "fact", "data", "avih", "strh", "strf", "indx", "vprp", "idx1", "dmlh", "slnt", "JUNK"}
	riffWalk = []string{"hdrl", "strl", "odml"}
	riffPass = []string{"movi", "wavl", "rec "}
)

// RIFF blanks all other chunks in place and calls them JUNK, since films point into themselves.
func RIFF(j *trace.Job) error {
	var patches []trace.Patch
	for at, part := int64(0), 0; at+12 <= j.Size; part++ {
		h, err := j.BytesAt(at, 12)
		if err != nil {
			return err
		}
		if string(h[:4]) != "RIFF" || part > 1000 {
			patches = append(patches, trace.Patch{At: at, Size: j.Size - at})
			j.Lost(trace.Unnamed)
			break
		}
		end := min(at+8+int64(binary.LittleEndian.Uint32(h[4:])), j.Size)
		if binary.LittleEndian.Uint32(h[4:]) == 0 || end < at+12 {
			end = j.Size // a recorder that was stopped hard left no size
		}
		more, err := riffChunks(j, at+12, end, 0)
		if err != nil {
			return err
		}
		patches = append(patches, more...)
		at = end + end&1
	}
	return j.CopyPatched(patches)
}

func riffChunks(j *trace.Job, at, end int64, depth int) (patches []trace.Patch, err error) {
	for n := 0; at+8 <= end; n++ {
		if n > 10_000 || depth > 4 {
			return nil, trace.ErrBroken
		}
		h, err := j.BytesAt(at, int(min(12, end-at)))
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
			more, err := riffChunks(j, body+4, body+size, depth+1)
			if err != nil {
				return nil, err
			}
			patches = append(patches, more...)
		case slices.Contains(riffPass, list), slices.Contains(riffKept, kind) && kind != "JUNK":
		default:
			patches = append(patches,
				trace.Patch{At: at, Size: 4, With: []byte("JUNK")}, trace.Patch{At: body, Size: size})
			if kind != "JUNK" {
				j.Lost(riffTrace(kind, list))
			}
		}
		at = body + size + size&1
	}
	return patches, nil
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
