package etcdlog

import (
	"context"
	"strconv"

	clientv3 "go.etcd.io/etcd/client/v3"

	"fayi/judging/store/replica"
)

// wishes are where wishes stand, behind all entries and notes. The oldest is the one that was made first.
func (l *Log) wishes() string { return l.prefix + "turn/" }

func (l *Log) wishesEnd() string { return clientv3.GetPrefixRangeEnd(l.wishes()) }

// Try implements replica.Log: what Append compares, and whether a wish stands that is older; else the wish is laid, and
// what stands there is read, in the same step.
func (l *Log) Try(ctx context.Context, at uint64, entry []byte, wish string) (a replica.Answer, err error) {
	client, err := l.asked(ctx)
	if err != nil {
		return a, err
	}
	ctx, answered := l.briefly(ctx, client, tryPatience)
	key := l.key(at)
	then := []clientv3.Op{clientv3.OpPut(key, string(entry))}
	otherwise := []clientv3.Op{
		clientv3.OpGet(l.key(at-1), clientv3.WithCountOnly()),
		clientv3.OpGet(key, clientv3.WithRange(l.end()), clientv3.WithLimit(l.some())),
		clientv3.OpGet(l.wishes(), clientv3.WithPrefix(), clientv3.WithKeysOnly(),
			clientv3.WithLimit(replica.MostWishes),
			clientv3.WithSort(clientv3.SortByCreateRevision, clientv3.SortAscend)),
	}
	first := clientv3.Compare(clientv3.CreateRevision(l.wishes()), "=", 0) // of a range: that it is empty
	if wish != "" {
		then = append(then, clientv3.OpDelete(l.wishes()+wish))
		otherwise = append([]clientv3.Op{clientv3.OpPut(l.wishes()+wish, "")}, otherwise...)
		if laid := l.laidAt(wish); laid > 0 {
			first = clientv3.Compare(clientv3.CreateRevision(l.wishes()), ">", laid-1)
		}
	}
	when := append(l.free(at), first.WithRange(l.wishesEnd()))
	done, err := client.Txn(ctx).If(when...).Then(then...).Else(otherwise...).Commit()
	if err = answered(err); err != nil || done.Succeeded {
		return a, err
	}
	told := done.Responses[len(done.Responses)-3:]
	for _, kv := range told[2].GetResponseRange().Kvs {
		name := string(kv.Key)[len(l.wishes()):]
		a.Waiting = append(a.Waiting, replica.Wish{Name: name, Mark: strconv.FormatInt(kv.Version, 10)})
		if name == wish {
			l.setLaid(wish, kv.CreateRevision)
		}
	}
	switch there := told[1].GetResponseRange(); {
	case there.Count > 0:
		a.Next = l.entries(there.Kvs, at)
		return a, replica.ErrTaken
	case at > 1 && told[0].GetResponseRange().Count == 0:
		return a, replica.ErrGap
	}
	return a, replica.ErrTurn
}

// laidAt is the revision at which a wish was laid, 0 where that is not known.
func (l *Log) laidAt(wish string) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wish != wish {
		return 0
	}
	return l.laid
}

func (l *Log) setLaid(wish string, revision int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wish, l.laid = wish, revision
}

// Withdraw implements replica.Log.
func (l *Log) Withdraw(ctx context.Context, wish string) error {
	client, err := l.asked(ctx)
	if err != nil {
		return err
	}
	_, err = client.Delete(ctx, l.wishes()+wish)
	return l.why(err)
}
