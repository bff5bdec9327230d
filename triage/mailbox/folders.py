"""Which folders are Drafts, Sent and Trash, told from the answer to LIST. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from triage.account import Account
from triage.errors import AccountError

# As servers, webmails and mail programs name them; the likelier first.
DRAFTS = """
    Drafts, Draft, Draft Messages, Entwürfe, Entwurf, Brouillons, Brouillon, Borradores, Borrador,
    Bozze, Bozza, Rascunhos, Rascunho, Concepten, Concept, Utkast, Udkast, Kladder, Kladde,
    Luonnokset, Luonnos, Szkice, Kopie robocze, Wersje robocze, Robocze, Koncepty, Rozepsané,
    Rozpísané, Piszkozatok, Ciorne, Schițe, Чернови, Черновики, Черновик, Чернетки, Πρόχειρα,
    Taslaklar, Taslak, Skice, Nacrti, Osnutki, Нацрти, Juodraščiai, Melnraksti, Mustandid,
    Esborranys, Zirriborroak, Drög, 下書き, 草稿, 草稿箱, 草稿匣, 임시보관함, 임시 보관함,
    المسودات, مسودات, טיוטות, پیش‌نویس‌ها, Thư nháp, Bản nháp, แบบร่าง, Draf, Konsep
"""
SENT = """
    Sent, Sent Items, Sent Messages, Sent Mail, Sent-Mail, Gesendet, Gesendete Elemente,
    Gesendete Objekte, Gesendete Nachrichten, Versendet, Envoyés, Messages envoyés,
    Éléments envoyés, Courrier envoyé, Objets envoyés, Enviados, Elementos enviados,
    Mensajes enviados, Correo enviado, Posta inviata, Inviati, Inviata, Messaggi inviati,
    Itens Enviados, Mensagens Enviadas, E-mails enviados, Enviadas, Verzonden, Verzonden items,
    Verzonden berichten, Verstuurd, Skickat, Skickade, Skickade meddelanden, Skickade objekt, Sendt,
    Sendte, Sendt post, Sendte elementer, Sendte meddelelser, Lähetetyt, Lähetetyt viestit,
    Wysłane, Elementy wysłane, Wysłane wiadomości, Odeslané, Odeslaná pošta, Odeslané zprávy,
    Odoslané, Odoslaná pošta, Elküldött, Elküldött elemek, Elküldött üzenetek, Trimise,
    Mesaje trimise, Elemente trimise, Изпратени, Отправленные, Надіслані, Відправлені,
    Απεσταλμένα, Gönderilmiş Öğeler, Gönderilenler, Gönderilmiş, Gönderilmiş Postalar, Poslano,
    Poslane stavke, Послато, Išsiųsta, Išsiųsti, Nosūtītie, Nosūtīts, Saadetud, Enviats,
    Bidalita, Sendir hlutir, 送信済み, 送信済みアイテム, 送信済みメール, 已发送, 已发送邮件,
    已傳送, 寄件備份, 已发邮件, 보낸편지함, 보낸 편지함, المرسلة, العناصر المرسلة,
    البريد المرسل, נשלחו, פריטים שנשלחו, ارسال شده, Thư đã gửi, Đã gửi, รายการที่ส่ง, Terkirim
"""
TRASH = """
    Trash, Deleted Items, Deleted Messages, Deleted, Bin, Papierkorb, Gelöscht,
    Gelöschte Elemente, Gelöschte Objekte, Corbeille, Éléments supprimés, Messages supprimés,
    Poubelle, Papelera, Elementos eliminados, Eliminados, Cestino, Posta eliminata,
    Elementi eliminati, Eliminati, Lixeira, Lixo, Itens Excluídos, Itens Eliminados,
    Prullenbak, Prullenmand, Verwijderde items, Papperskorgen, Papperskorg, Borttaget,
    Borttagna objekt, Papirkurv, Papirkurven, Slettet post, Slettede elementer, Roskakori,
    Poistetut, Kosz, Elementy usunięte, Usunięte, Koš, Odstraněná pošta, Kôš, Odstránené, Kuka,
    Törölt elemek, Lomtár, Coș de gunoi, Gunoi, Elemente șterse, Кошче, Изтрити, Корзина,
    Удалённые, Удаленные, Кошик, Видалені, Κάδος απορριμμάτων, Διαγραμμένα, Κάδος, Çöp,
    Çöp Kutusu, Silinmiş Öğeler, Smeće, Otpad, Smeti, Смеће, Šiukšlinė, Atkritne, Miskaste,
    Prügikast, Paperera, Zakarrontzia, Rusl, ゴミ箱, 削除済みアイテム, 已删除, 已删除邮件,
    垃圾桶, 废件箱, 휴지통, المهملات, سلة المهملات, المحذوفة, אשפה, פריטים שנמחקו, Thùng rác,
    ถังขยะ, Sampah, Tong Sampah
"""
# Folders under which servers keep the special ones.
PREFIXES = frozenset({"inbox", "[gmail]", "[google mail]"})
UNUSABLE = frozenset({"\\noselect", "\\nonexistent"})
SHOWN = 30  # names in an error


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of LIST. `attributes` in lower case (Cyrus sends \\drafts), with the backslash;
    `separator` "" where the server has no hierarchy; `name` decoded from modified UTF-7."""

    attributes: frozenset[str]
    separator: str
    name: str


@dataclass(frozen=True, slots=True)
class Folders:
    """Names as the server has them; `sent` and `trash` are "" where there is none."""

    drafts: str
    sent: str
    trash: str


def folders(listing: Sequence[Listed], account: Account) -> Folders:
    """The account's folders: as configured, else by attribute (RFC 6154), else by name.

    AccountError `drafts-missing` when there is no Drafts folder to be found, `folder-missing` when
    a configured Sent or Trash does not exist; both with the names there are.
    """
    there = usable(listing)
    names = [listed.name for listed in there]
    configured = {"drafts": account.drafts, "sent": account.sent, "trash": account.trash}
    for role, name in configured.items():
        if name and name not in names:
            kind = "drafts-missing" if role == "drafts" else "folder-missing"
            raise AccountError(
                kind, account=account.name, role=role, mailbox=name, there=some(listing)
            )
    drafts = account.drafts or find(there, "\\drafts", DRAFTS)
    if not drafts:
        raise AccountError(
            "drafts-missing",
            account=account.name,
            role="drafts",
            mailbox="",
            there=some(listing),
        )
    return Folders(
        drafts,
        account.sent or find(there, "\\sent", SENT),
        account.trash or find(there, "\\trash", TRASH),
    )


def usable(listing: Sequence[Listed]) -> list[Listed]:
    """Those that can be opened."""
    return [listed for listed in listing if not listed.attributes & UNUSABLE]


def some(listing: Sequence[Listed]) -> tuple[str, ...]:
    """The names of those that can be opened, as many as an owner may want to choose from."""
    return tuple(listed.name for listed in usable(listing)[:SHOWN])


def find(there: Sequence[Listed], attribute: str, names: str) -> str:
    """The folder with an attribute, the one least deep; else the one with the likeliest name."""
    bearers = [listed for listed in there if attribute in listed.attributes]
    if bearers:
        return min(bearers, key=lambda listed: len(_path(listed))).name
    by_name = {key: listed.name for listed in reversed(there) if (key := _leaf(listed))}
    for name in names.replace("\n", " ").split(","):
        if found := by_name.get(_fold(name.strip())):
            return found
    return ""


def _path(listed: Listed) -> list[str]:
    return listed.name.split(listed.separator) if listed.separator else [listed.name]


def _leaf(listed: Listed) -> str:
    """The folder's own name for comparing, "" when it lies where no special folder would."""
    *above, leaf = _path(listed)
    if len(above) > 1 or (above and _fold(above[0]) not in PREFIXES):
        return ""
    return _fold(leaf)


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
