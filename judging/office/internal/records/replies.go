package records

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// ReplyFile is a packet's reply as it came in, signed and sealed: its scores can be compared with it at any time.
type ReplyFile struct {
	ID     string          `json:"id"` // packet and number, "p0011/0003"
	Packet string          `json:"packet"`
	Judge  judging.JudgeID `json:"judge"`
	Seq    int             `json:"seq"` // how far the packet had come
	Sum    string          `json:"sum"` // of its file among the blobs
	At     time.Time       `json:"at"`
}

// ReplyFiles are the replies that were collected; those of earlier versions were not kept.
var ReplyFiles = store.NewTable("reply_file", 1, func(r *ReplyFile) string { return r.ID })

// ReplySums returns the sums of the replies that were kept.
func ReplySums(tx store.Tx) (sums []string, err error) {
	err = ReplyFiles.Each(tx, func(r ReplyFile) error {
		sums = append(sums, r.Sum)
		return nil
	})
	return sums, err
}
