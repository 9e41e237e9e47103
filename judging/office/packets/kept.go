package packets

import (
	"context"
	"fmt"
	"maps"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/packet"
	"fayi/judging/store"
)

// keep stores the file of a reply and returns the record of it, which is not written yet. The file is read again: what
// is kept must be what was checked.
func (r Reply) keep(ctx context.Context, rec *records.Records, sealed record) (records.ReplyFile, error) {
	f, err := regular.Open(r.path)
	if err != nil {
		return records.ReplyFile{}, store.Translate(r.path, err)
	}
	defer f.Close()
	blob, err := rec.Blobs.Put(ctx, f)
	if err != nil {
		return records.ReplyFile{}, err
	}
	kept := records.ReplyFile{
		ID: fmt.Sprintf("%s/%04d", r.Packet, r.Seq), Packet: r.Packet, Judge: r.Judge, Seq: r.Seq, Sum: blob.Sum,
		At: rec.Now().UTC(),
	}
	again, err := open(rec, kept, r.identity, sealed.Key)
	if err == nil && (again.Packet != r.Packet || again.Seq != r.Seq) {
		err = judging.Fail(judging.Corrupt, "packet.damaged", nil)
	}
	return kept, err
}

// open reads a reply that was kept, and checks its signature.
func open(rec *records.Records, kept records.ReplyFile, identity string, key []byte) (packet.Reply, error) {
	f, err := rec.Blobs.Open(kept.Sum)
	if err != nil {
		return packet.Reply{}, err
	}
	defer f.Close()
	return packet.ReadReplyFrom(f, identity, key)
}

// Verify reads every reply that was kept again, checks its signature, and compares the scores that came with it with
// what the contest says now, older ones too. It returns how many replies there are, and which records disagree: a reply
// that is not as it was signed, a score that says something else than its judge signed. Scores that were not taken are
// not asked for. Errors: Unavailable.
func Verify(ctx context.Context, rec *records.Records) (replies int, disputed []string, err error) {
	var key replyKey
	var kept []records.ReplyFile
	keys := map[string][]byte{}
	err = rec.DB.View(ctx, func(tx store.Tx) (err error) {
		kept, err = records.Collect(func(fn func(records.ReplyFile) error) error {
			return records.ReplyFiles.Each(tx, fn)
		})
		if err != nil || len(kept) == 0 {
			return err
		}
		if key, err = replyKeys.Get(tx, "reply"); err != nil {
			return err
		}
		return packets.Each(tx, func(p record) error {
			keys[p.ID] = p.Key
			return nil
		})
	})
	if err != nil || len(kept) == 0 {
		return 0, nil, err
	}
	said := map[string]judging.Ballot{} // by mark
	for _, k := range kept {
		r, err := open(rec, k, key.Identity, keys[k.Packet])
		switch judging.CodeOf(err) {
		case "":
		case judging.Unavailable:
			return len(kept), nil, err
		default:
			disputed = append(disputed, "reply_file/"+k.ID)
			continue
		}
		for _, w := range r.Works {
			for _, v := range w.Versions {
				said[v.Mark] = v.Ballot
			}
		}
	}
	scores, err := records.View(ctx, rec.DB, func(tx store.Tx) ([]string, error) { return unlike(tx, said) })
	return len(kept), append(disputed, scores...), err
}

// unlike lists the scores with a version that does not say what was signed under its mark.
func unlike(tx store.Tx, said map[string]judging.Ballot) (ids []string, err error) {
	err = records.Scores.Each(tx, func(s judging.Score) error {
		for _, v := range append(s.Versions[:len(s.Versions):len(s.Versions)], s.Undone...) {
			b, signed := said[v.Mark]
			if v.Source != judging.Packet || v.Mark == "" || !signed {
				continue
			}
			if v.State != b.State || judging.Exact(v.Total) != judging.Exact(b.Total) || !maps.Equal(v.Marks, b.Marks) {
				ids = append(ids, "score/"+records.ScoreID(&s))
				return nil
			}
		}
		return nil
	})
	return ids, err
}
