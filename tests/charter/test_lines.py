import tomllib

from comitia.charter import lines


def test_every_table_and_key_has_its_line_even_after_strings_and_lists_over_several_lines() -> None:
    text = "\n".join(
        [
            'name = "a # not a comment [no.table]"  # a comment',
            "[article.1]",
            'text = """',
            "[article.9]",
            'key = "no key"',
            '"""',
            "entrenched = true",
            "[[permission]]",
            "acts = [",
            '  "a = [b]", # ] = [',
            '  "c",',
            "]",
            "by = []",
            "[[permission]]",
            "acts = [{ x = 1 }]",
            "quoted.\"key here\" = '''a",
            "'''",
            "last = 1",
        ]
    )
    tomllib.loads(text)

    assert dict(lines.lines_of(text)) == {
        ("name",): 1,
        ("article",): 2,
        ("article", "1"): 2,
        ("article", "1", "text"): 3,
        ("article", "1", "entrenched"): 7,
        ("permission",): 8,
        ("permission", "0"): 8,
        ("permission", "0", "acts"): 9,
        ("permission", "0", "by"): 13,
        ("permission", "1"): 14,
        ("permission", "1", "acts"): 15,
        ("permission", "1", "quoted", "key here"): 16,
        ("permission", "1", "last"): 18,
    }


def test_blank_lines_and_quoted_keys_that_hold_signs_do_not_upset_the_lines_after_them() -> None:
    text = 'a = 1\n   \n"b=c" = "x"\n\n[t]\nd = 2\n'
    tomllib.loads(text)
    found = lines.lines_of(text)

    assert {key: found[key] for key in (("a",), ("t",), ("t", "d"))} == {("a",): 1, ("t",): 5, ("t", "d"): 6}


def test_an_escaped_quote_does_not_end_a_string() -> None:
    assert dict(lines.lines_of('a = "x \\" # [t]"\nb = 1\n')) == {("a",): 1, ("b",): 2}


def test_what_lies_deeper_than_any_charter_is_found_on_its_line() -> None:
    assert lines.too_deep('a = [[[[[[[[1]]]]]]]]\nb.c.d.e.f.g.h.i.j = 1.5\n# [[[[[[[[[\nt = "[[[[[[[[["\n') == 0
    assert lines.too_deep("a = 1\nb = [[[[[[[[[1]]]]]]]]]\n") == 2
    assert lines.too_deep("a = 1\n\nb = { c.d.e.f.g.h.i.j.k.l = 1 }\n") == 3
    assert lines.too_deep("a = [1, 2]\n[a.b.c.d.e.f.g.h.i.j]\n") == 2
    assert lines.too_deep("a = [\n" + "[\n" * 20) == 1
