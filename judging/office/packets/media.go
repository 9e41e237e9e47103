package packets

import (
	"bytes"
	"context"
	"image/jpeg"
	"io"

	"fayi/judging"
	"fayi/judging/media/picture"
	"fayi/judging/office/scoring"
	"fayi/judging/office/workfiles"
)

// What pictures in packets are shrunk to: enough for a large screen and to look closer, and a tenth of what cameras
// write.
const (
	screenSide    = 2560    // pixels of the longer side
	screenQuality = 88      // of JPEG
	smallPicture  = 1 << 20 // bytes; smaller ones stay as they are
)

// packetFile returns what opens the media for a judge's packet: as the judge sees them at this desk, pictures
// shrunk for screens unless originals are wanted.
func (o Stage) packetFile(
	judge judging.JudgeID, works []judging.Duty, originals bool,
) func(context.Context, judging.WorkCode, int) (io.ReadCloser, error) {
	desk := scoring.Of(o.rec).Desk(judge)
	pictures := map[judging.WorkCode][]bool{}
	for _, w := range works {
		for _, f := range w.Files {
			pictures[w.Code] = append(pictures[w.Code], f.Kind == "picture")
		}
	}
	return func(ctx context.Context, code judging.WorkCode, n int) (io.ReadCloser, error) {
		f, err := desk.OpenFile(ctx, code, n, 0)
		if err != nil || originals || !pictures[code][n] {
			return f, err
		}
		return shrunk(f)
	}
}

// shrunk returns a picture for screens in place of f, or f itself when it is small enough already or no picture
// that can be read.
func shrunk(f io.ReadSeekCloser) (io.ReadCloser, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil || size <= smallPicture {
		return f, err
	}
	var small bytes.Buffer
	p, err := picture.Thumbnail(f, screenSide)
	if err == nil {
		err = jpeg.Encode(&small, workfiles.OnWhite(p), &jpeg.Options{Quality: screenQuality})
	}
	if err != nil || int64(small.Len()) >= size {
		_, err = f.Seek(0, io.SeekStart)
		return f, err
	}
	return io.NopCloser(&small), f.Close()
}
