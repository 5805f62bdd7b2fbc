"""The files of a sealing job as one archive with a manifest, streamed to who may have them."""

from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from base.permissions import Actor
from certs.manifest import manifest_csv
from certs.queries.sealing_jobs import sealed_pdfs, sealing_job, sealing_manifest
from certs.zip_stream import zip_stream
from web.site import Visit

_AT_ONCE = 20


def show(visit: Visit) -> Response:
    """Answer with `manifest.csv` and every file of the job that is sealed."""
    actor, job_id = visit.actor(), visit.request.path_params["job"]
    with visit.read(actor) as tx:
        job, lines = sealing_job(tx, job_id), sealing_manifest(tx, job_id)
    files = _files(visit, actor, job_id, manifest_csv(lines))
    headers = {
        "Content-Disposition": f'attachment; filename="certificates-{job.created_at:%Y-%m-%d}.zip"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    body = zip_stream(files, job.created_at)
    return StreamingResponse(body, media_type="application/zip", headers=headers)


def _files(visit: Visit, actor: Actor, job_id: str, manifest: bytes) -> Iterator[tuple[str, bytes]]:
    yield "manifest.csv", manifest
    after = ""
    while True:
        with visit.read(actor) as tx:
            some = sealed_pdfs(tx, job_id, after, _AT_ONCE)
        for serial, pdf in some:
            yield f"{serial}.pdf", pdf
        if len(some) < _AT_ONCE:
            return
        after = some[-1][0]
