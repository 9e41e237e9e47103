// Package store keeps records, without knowing what they mean.
//
// It promises a line below which there are only keys and values (DB, Tx), so that a contest may live in one file
// (store/bolt) or in a cluster, and above which records are typed (Table), found by indexes, and readable by later
// programs (Table.Upgrade). Files live next to the records, named by their content (Blobs). Jobs bigger than one
// transaction go through Bulk.
//
// It will not judge what is stored, decide who may store it, read a clock, or start a goroutine.
//
// Failures are judging errors: Busy (another program holds the file), Corrupt (stored bytes fail their own check),
// Unavailable (disk full or unreadable), NotFound, Invalid (a key or a transaction outside the limits), Forbidden
// (opened for reading only), Internal (the caller broke the contract below). A cancelled context comes back as
// ctx.Err().
package store
