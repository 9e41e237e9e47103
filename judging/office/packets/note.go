package packets

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/sets"
)

// writeNote writes, next to a packet, how to use it: which program opens it, until when and to whom the reply goes
// back. It begins with a mark and has Windows' line ends, so that every editor reads it.
func writeNote(ctx context.Context, path string, p Info, words diploma.Words) error {
	text := strings.Join([]string{
		words("packet.note", map[string]any{"Judge": p.Name, "File": filepath.Base(path)}), backWords(p, words), "",
	}, "\n")
	return sets.File(ctx, notePath(path, words), func(w io.Writer) error {
		_, err := io.WriteString(w, "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
		if err != nil {
			return judging.Fail(judging.Unavailable, "media.unreadable", nil).Because(err)
		}
		return nil
	})
}

// notePath is where the note of the packet at path stands.
func notePath(path string, words diploma.Words) string {
	base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	name := records.FileName(words("packet.note_name", map[string]any{"File": base})) + ".txt"
	return filepath.Join(filepath.Dir(path), name)
}

// backWords say until when and to whom the reply of a packet is brought back.
func backWords(p Info, words diploma.Words) string {
	return words(p.Key(), map[string]any{"Due": p.Due, "To": p.To})
}
