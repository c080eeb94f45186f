// Command check reads a record's export with Go's own libraries, golang.org/x/mod/sumdb note and tlog, of which Comitia
// shares no code: it opens the checkpoint's note with the log's key, takes the leaf hashes from the tiles, and checks the
// root, an inclusion proof of every leaf, a consistency proof from every size, and the receipts.
//
//	check EXPORT VKEY CONSISTENCY [PROOF LEAF]...
//
// CONSISTENCY has a line for each proof to be checked: the smaller size, then the hashes in base64, with blanks between.
// Exit 0: all of it holds; exit 1, and why: it does not.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

func main() {
	if err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// A head is what a checkpoint says.
type head struct {
	size int64
	root tlog.Hash
}

func check(dir, vkey, consistency string, receipts []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return err
	}
	signed, err := open(raw, verifier)
	if err != nil {
		return err
	}
	stored, leaves, err := read(dir, signed.size)
	if err != nil {
		return err
	}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	root, err := tlog.TreeHash(signed.size, reader)
	if err != nil {
		return err
	}
	if root != signed.root {
		return fmt.Errorf("checkpoint: the root is not that of the leaves")
	}
	for n := int64(0); n < signed.size; n++ {
		proof, err := tlog.ProveRecord(signed.size, n, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, signed.size, root, n, tlog.RecordHash(leaves[n])); err != nil {
			return fmt.Errorf("leaf %d: %v", n, err)
		}
		if n == 0 {
			continue
		}
		old, err := tlog.TreeHash(n, reader)
		if err != nil {
			return err
		}
		proved, err := tlog.ProveTree(signed.size, n, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proved, signed.size, root, n, old); err != nil {
			return fmt.Errorf("size %d: %v", n, err)
		}
	}
	lines, err := os.ReadFile(consistency)
	if err != nil {
		return err
	}
	grown := strings.Split(strings.TrimSuffix(string(lines), "\n"), "\n")
	for _, line := range grown {
		if err := continues(line, signed, reader); err != nil {
			return fmt.Errorf("consistency %.20q: %v", line, err)
		}
	}
	for i := 0; i+1 < len(receipts); i += 2 {
		if err := receipt(receipts[i], receipts[i+1], verifier); err != nil {
			return fmt.Errorf("%s: %v", filepath.Base(receipts[i]), err)
		}
	}
	fmt.Printf("holds: %d leaves, %d consistency proofs, %d receipts\n", signed.size, len(grown), len(receipts)/2)
	return nil
}

// open reads a checkpoint that the log's key has signed.
func open(raw []byte, verifier note.Verifier) (head, error) {
	opened, err := note.Open(raw, note.VerifierList(verifier))
	if err != nil {
		return head{}, fmt.Errorf("checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		return head{}, fmt.Errorf("checkpoint: not three lines, or of another log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || strconv.FormatInt(size, 10) != lines[1] {
		return head{}, fmt.Errorf("checkpoint: %q is no number of leaves", lines[1])
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return head{}, fmt.Errorf("checkpoint: %v", err)
	}
	return head{size, root}, nil
}

// read returns the hashes that tlog stores for a tree, made of the leaves, after comparing them with the tiles.
func read(dir string, size int64) (map[int64]tlog.Hash, [][]byte, error) {
	stored := map[int64]tlog.Hash{}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = stored[index]
		}
		return found, nil
	})
	var leaves [][]byte
	for start := int64(0); start < size; start += width {
		end := start + width
		if end > size {
			end = size
		}
		name := path(start/width, end-start)
		bundle, err := os.ReadFile(filepath.Join(dir, "tile", "entries", name))
		if err != nil {
			return nil, nil, err
		}
		tile, err := os.ReadFile(filepath.Join(dir, "tile", "0", name))
		if err != nil {
			return nil, nil, err
		}
		for n := start; n < end; n++ {
			if len(bundle) < 2 || len(bundle) < 2+int(bundle[0])<<8+int(bundle[1]) {
				return nil, nil, fmt.Errorf("leaf %d: the bundle ends within it", n)
			}
			length := int(bundle[0])<<8 + int(bundle[1])
			leaf := bundle[2 : 2+length]
			bundle = bundle[2+length:]
			hash := tlog.RecordHash(leaf)
			at := (n - start) * tlog.HashSize
			if at+tlog.HashSize > int64(len(tile)) || !bytes.Equal(hash[:], tile[at:at+tlog.HashSize]) {
				return nil, nil, fmt.Errorf("leaf %d: its hash is not the tile's", n)
			}
			made, err := tlog.StoredHashesForRecordHash(n, hash, reader)
			if err != nil {
				return nil, nil, err
			}
			for i, each := range made {
				stored[tlog.StoredHashIndex(0, n)+int64(i)] = each
			}
			leaves = append(leaves, leaf)
		}
		if len(bundle) != 0 {
			return nil, nil, fmt.Errorf("tile/entries/%s: bytes follow the last leaf", name)
		}
	}
	return stored, leaves, nil
}

// path returns the name of a tile (C2SP tlog-tiles) of a record below a million leaves.
func path(number, hashes int64) string {
	name := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		name = fmt.Sprintf("x%03d/%s", number%1000, name)
	}
	if hashes < width {
		name += fmt.Sprintf(".p/%d", hashes)
	}
	return name
}

// continues checks that the record continues an earlier state of itself, by a proof that somebody else made.
func continues(line string, of head, reader tlog.HashReader) error {
	words := strings.Split(line, " ")
	old, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(old, reader)
	if err != nil {
		return err
	}
	proof, err := hashes(words[1:])
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, of.size, of.root, old, root)
}

// hashes reads hashes in base64.
func hashes(words []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, word := range words {
		hash, err := base64.StdEncoding.Strict().DecodeString(word)
		if err != nil || len(hash) != tlog.HashSize {
			return nil, fmt.Errorf("%q is no hash", word)
		}
		found = append(found, tlog.Hash(*(*[tlog.HashSize]byte)(hash)))
	}
	return found, nil
}

// receipt checks a C2SP tlog-proof of a leaf.
func receipt(proofFile, leafFile string, verifier note.Verifier) error {
	raw, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	leaf, err := os.ReadFile(leafFile)
	if err != nil {
		return err
	}
	before, signed, found := strings.Cut(string(raw), "\n\n")
	lines := strings.Split(before, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return fmt.Errorf("not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	of, err := open([]byte(signed), verifier)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, of.size, of.root, index, tlog.RecordHash(leaf))
}
