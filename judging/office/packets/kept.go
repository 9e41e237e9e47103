package packets

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office/internal/journal"
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
// that is not as it was signed, or whose packet was made at a moment from which the journal does not go on; a score
// that says something else than its judge signed. Scores that were not taken are not asked for. Errors: Unavailable.
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
	marks := map[string]string{}        // where the journal stood, by record
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
		marks["reply_file/"+k.ID] = r.Mark
		for _, w := range r.Works {
			for _, v := range w.Versions {
				said[v.Mark] = v.Ballot
			}
		}
	}
	scores, err := records.View(ctx, rec.DB, func(tx store.Tx) ([]string, error) {
		scores, err := unlike(tx, said)
		if err != nil {
			return nil, err
		}
		parted, err := notContinued(tx, marks)
		return append(scores, parted...), err
	})
	return len(kept), append(disputed, scores...), err
}

// notContinued lists the replies whose packets were made at a moment from which the journal does not go on.
func notContinued(tx store.Tx, marks map[string]string) (ids []string, err error) {
	for _, id := range slices.Sorted(maps.Keys(marks)) {
		m, ok := journal.ParseMark(marks[id])
		if !ok {
			continue // of an older program
		}
		is, err := m.Relation(tx)
		if err != nil {
			return nil, err
		}
		if is != journal.Continues {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// MarkIn reads from a packet or a reply where the journal stood when the packet was made; "" for one of an older
// program. A packet is opened by the phrase, or by that which was drawn for it here. reply tells which of the two it
// is. Errors: Clash for one of another contest, Forbidden for a wrong phrase or a signature unknown here, those of
// reading.
func MarkIn(ctx context.Context, rec *records.Records, path, phrase string) (mark string, reply bool, err error) {
	h, err := packet.Peek(path)
	if err != nil {
		return "", false, err
	}
	var sealed record
	var key replyKey
	err = rec.DB.View(ctx, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		if h.Contest != c.ID {
			return judging.Fail(judging.Clash, "packet.foreign", nil)
		}
		if sealed, err = packets.Get(tx, h.Packet); err != nil && (h.Reply || !errors.Is(err, judging.ErrNotFound)) {
			return err
		}
		if h.Reply {
			key, err = replyKeys.Get(tx, "reply")
			return err
		}
		return nil
	})
	switch {
	case errors.Is(err, judging.ErrNotFound):
		return "", h.Reply, judging.Fail(judging.Forbidden, "packet.not_sealed_here", nil)
	case err != nil:
		return "", h.Reply, err
	case h.Reply:
		r, err := packet.ReadReply(path, key.Identity, sealed.Key)
		return r.Mark, true, err
	case phrase == "":
		mark, err = packet.Mark(path, sealed.Phrase)
		return mark, false, err
	}
	identity, err := packet.Identity(path)
	if err != nil {
		return "", false, err
	}
	err = rec.Tries.Try(identity, "phrase", func() (err error) {
		mark, err = packet.Mark(path, phrase)
		return err
	})
	return mark, false, err
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
