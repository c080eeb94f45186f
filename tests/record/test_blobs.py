from comitia.record import blobs


def test_the_blobs_that_an_act_names_are_found_at_any_depth() -> None:
    one, two, three = "0" * 64, "a" * 64, "f" * 64

    assert blobs.named({"text": one, "rows": [["x", two]], "more": {"deep": three}, "n": 1, "no": None}) == {
        one,
        two,
        three,
    }


def test_only_64_small_hexadecimal_digits_name_a_blob() -> None:
    assert blobs.named(["A" * 64, "a" * 63, "a" * 65, "g" * 64, "a" * 64 + "\n", "a" * 63 + "\n"]) == set()


def test_a_blob_is_named_by_its_sha_256() -> None:
    assert blobs.hash_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert blobs.is_hash(blobs.hash_of(b"")) and not blobs.is_hash("x" * 64)


def test_the_blobs_that_leaves_name_are_found() -> None:
    one, two = "0" * 64, "a" * 64

    assert blobs.named_by([b'{"text":"%b"}' % one.encode(), b"{}", b'["%b"]' % two.encode()]) == {one, two}
    assert blobs.named_by([b'["x\\"%b"]' % one.encode()]) == set()
