package media

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
)

// filmAgain is how long ffmpeg may take to write a film again.
const filmAgain = 10 * time.Minute

// Reencode writes a film to out again from what is seen and heard, as MP4: one picture, one sound, nothing else.
// Errors: Unavailable "media.no_ffmpeg" where it is not installed; Invalid "media.bad_film", "media.no_preview" for a
// format that it is not asked about; ctx.Err().
func Reencode(ctx context.Context, in io.Reader, head []byte, out io.Writer) error {
	dir, err := os.MkdirTemp("", "fayi-film-")
	if err != nil {
		return fault.Unreadable(err)
	}
	defer os.RemoveAll(dir)
	from, to := filepath.Join(dir, "in"), filepath.Join(dir, "out.mp4")
	args, err := filmInput(from, filetype.Of(head, "").Format)
	if err != nil {
		return err
	}
	f, err := os.Create(from)
	if err == nil {
		_, err = io.Copy(f, in)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fault.Unreadable(err)
	}
	args = append(args, "-map", "0:v:0?", "-map", "0:a:0?", "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
		"-c:v", "mpeg4", "-q:v", "3", "-c:a", "aac", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a",
		"+bitexact",
		"-threads", "1", "-f", "mp4", to)
	if _, err := runFor(ctx, filmAgain, 1<<20, "ffmpeg", args...); err != nil {
		return err
	}
	made, err := regular.Open(to)
	if err != nil {
		return fault.Unreadable(err)
	}
	defer made.Close()
	if _, err := io.Copy(out, made); err != nil {
		return judging.Fail(judging.Unavailable, "media.unreadable", nil).Because(err)
	}
	return nil
}
