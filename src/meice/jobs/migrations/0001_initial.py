import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from meice.kernel.tables import Tables


class Migration(Tables):

    initial = True

    dependencies = [
        ('orgs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('task_path', models.CharField(max_length=200)),
                ('label', models.CharField(blank=True, max_length=60, verbose_name='任务')),
                ('arguments', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '进行中'), ('done', '已完成'), ('failed', '没有办成')], default='queued', max_length=8, verbose_name='状态')),
                ('priority', models.SmallIntegerField(default=0)),
                ('run_at', models.DateTimeField(verbose_name='最早时间')),
                ('unique_key', models.CharField(blank=True, max_length=200)),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('max_tries', models.PositiveSmallIntegerField(default=5)),
                ('worker', models.CharField(blank=True, max_length=80)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('progress_done', models.PositiveIntegerField(default=0)),
                ('progress_total', models.PositiveIntegerField(default=0)),
                ('progress_text', models.CharField(blank=True, max_length=200)),
                ('result', models.JSONField(null=True)),
                ('error_class', models.CharField(blank=True, max_length=200)),
                ('error_trace', models.TextField(blank=True)),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(verbose_name='提交时间')),
                ('started_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '后台任务',
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['-priority', 'run_at', 'id'], name='job_live'), models.Index(fields=['state', 'finished_at'], name='job_finished')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed'])), name='job_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), ('lease_until__isnull', False), _connector='OR'), name='job_runs_under_a_lease'), models.UniqueConstraint(condition=models.Q(('state__in', ['queued', 'running']), models.Q(('unique_key', ''), _negated=True)), fields=('unique_key',), name='job_key_once_while_live')],
            },
        ),
        migrations.CreateModel(
            name='ScheduleTick',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField()),
                ('last_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '周期任务',
            },
        ),
        migrations.CreateModel(
            name='WorkerBeat',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': '工作进程',
            },
        ),
    ]
